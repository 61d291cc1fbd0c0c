/**
 * Definitions whose expressions are evaluated, as far as that goes before a run: the same format as a definition's file, in
 * `definitions-evaluated/<type>/<id>.yaml` (contract: cli-core 12.1).
 *
 * @module
 */
import { dirname, join } from "@std/path";
import { UserError } from "../../../domain/errors.ts";
import { normalizeTypeName } from "../../../domain/extensions/type_name.ts";
import type { Definition } from "../../../domain/models/definition.ts";
import { definitionDocument, readDefinition } from "../../../domain/models/definition_document.ts";
import { writeFileAtomically } from "../atomic_file.ts";
import { parseYaml } from "../yaml_reader.ts";
import { yamlText } from "../yaml_writer.ts";

/**
 * Keeps the evaluated form of a definition.
 *
 * @param folder that of all evaluated definitions.
 * @returns absolute path of its file.
 */
export async function saveEvaluated(folder: string, definition: Definition): Promise<string> {
  const path = pathOf(folder, definition.type, definition.id);
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, yamlText(definitionDocument(definition)));
  return path;
}

/**
 * The evaluated form of a definition, or `undefined` when there is none.
 *
 * @param shown a path as messages have it.
 * @throws {UserError} `broken_definition` when its file cannot be read as a definition.
 */
export async function loadEvaluated(
  folder: string,
  type: string,
  id: string,
  shown: (path: string) => string,
): Promise<Definition | undefined> {
  const path = pathOf(folder, type, id);
  let document: unknown;
  try {
    document = await parseYaml(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw broken(shown(path), (error as Error).message);
  }
  const { definition, problems } = readDefinition(document, type);
  if (definition === undefined) throw broken(shown(path), problems[0]?.message ?? "no definition");
  return definition;
}

/** Removes the evaluated form of a definition, if there is one. */
export async function removeEvaluated(folder: string, type: string, id: string): Promise<void> {
  await Deno.remove(pathOf(folder, type, id)).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

function pathOf(folder: string, type: string, id: string): string {
  return join(folder, ...normalizeTypeName(type).split("/"), `${id}.yaml`);
}

function broken(path: string, reason: string): UserError {
  return new UserError(
    "broken_definition",
    `The evaluated definition ${path} could not be read: ${reason}. ` +
      "Run the method without --last-evaluated to write it anew.",
  );
}
