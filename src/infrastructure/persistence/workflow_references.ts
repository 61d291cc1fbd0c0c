import { join } from "@std/path";
import { isMap } from "../../domain/models/definition_fields.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { parseYaml } from "./yaml_reader.ts";

/**
 * Names of the workflows below `workflows/` with a `model_method` step for one of `models`, sorted.
 * A file that cannot be read as YAML refers to nothing.
 *
 * @param models names and ids of definitions, as steps may write them.
 */
export async function workflowsNaming(
  layout: RepositoryLayout,
  models: readonly string[],
): Promise<string[]> {
  const names: string[] = [];
  for (const path of yamlFiles(layout.workflows)) {
    const workflow = await readWorkflow(path, models);
    if (workflow === undefined || !stepModels(workflow).some((model) => models.includes(model))) {
      continue;
    }
    names.push(typeof workflow.name === "string" ? workflow.name : path.split(/[/\\]/).at(-1)!);
  }
  return names.sort();
}

function* yamlFiles(folder: string): Generator<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(folder)];
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* yamlFiles(path);
    else if (entry.name.endsWith(".yaml")) yield path;
  }
}

async function readWorkflow(path: string, models: readonly string[]) {
  try {
    const text = Deno.readTextFileSync(path);
    // Parsing costs a hundred times more than this look, and most workflows name other models. A
    // backslash may hide a name behind an escape.
    if (!text.includes("\\") && !models.some((model) => text.includes(model))) return undefined;
    const workflow = await parseYaml(text);
    return isMap(workflow) ? workflow : undefined;
  } catch {
    return undefined;
  }
}

function stepModels(workflow: Readonly<Record<string, unknown>>): string[] {
  const steps = listOf(workflow.jobs).flatMap((job) => isMap(job) ? listOf(job.steps) : []);
  return steps.flatMap((step) => {
    const task = isMap(step) ? step.task : undefined;
    if (!isMap(task) || task.type !== "model_method") return [];
    return typeof task.modelIdOrName === "string" ? [task.modelIdOrName] : [];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
