import { dirname, join } from "@std/path";
import { messageOf, UserError } from "../../domain/errors.ts";
import { normalizeTypeName } from "../../domain/extensions/type_name.ts";
import type { RunLogFile, RunRecord, RunStore } from "../../domain/models/run_record.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DamageReporter } from "../../domain/repository/damage.ts";
import { shownPath } from "../../domain/repository/shown_path.ts";
import { writeFileAtomically } from "./atomic_file.ts";
import { removeFoldersWhileEmpty } from "./empty_folders.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { loadEvaluated, removeEvaluated, saveEvaluated } from "./runs/evaluated_definition.ts";
import { formatRunRecord, parseRunRecord } from "./runs/record_file.ts";
import { openRunLogFile } from "./runs/run_log_file.ts";
import { settledRecord } from "./runs/settled_record.ts";

/**
 * The run records of a repository as YAML files, `outputs/<type>/<method>/<definition id>-<time>.yaml`
 * with the run's log beside each (contract: cli-core 12.4).
 *
 * @param report told of damaged records and of folders that cannot be read, which are skipped.
 */
export function createRunStore(
  layout: RepositoryLayout,
  report: DamageReporter = () => {},
): RunStore {
  return new YamlRunStore(layout, report);
}

class YamlRunStore implements RunStore {
  readonly #layout: RepositoryLayout;
  readonly #report: DamageReporter;

  constructor(layout: RepositoryLayout, report: DamageReporter) {
    this.#layout = layout;
    this.#report = report;
  }

  async save(type: string, record: RunRecord): Promise<void> {
    const { methodName, definitionId, startedAt } = record;
    const path = this.#path(type, methodName, definitionId, startedAt, "yaml");
    await Deno.mkdir(dirname(path), { recursive: true });
    await writeFileAtomically(path, formatRunRecord(record));
  }

  async listFor(type: string, definitionId: string): Promise<readonly RunRecord[]> {
    const records: RunRecord[] = [];
    for (const path of this.#files(type, definitionId, this.#report)) {
      if (!path.endsWith(".yaml")) continue;
      try {
        records.push(settledRecord(await parseRunRecord(await Deno.readTextFile(path))));
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) continue;
        this.#report({ path, reason: messageOf(error) });
      }
    }
    return records.sort((a, b) => a.startedAt < b.startedAt ? 1 : -1);
  }

  logPath(type: string, methodName: string, definitionId: string, startedAt: string): string {
    return this.#path(type, methodName, definitionId, startedAt, "log");
  }

  async openLog(
    type: string,
    methodName: string,
    definitionId: string,
    startedAt: string,
  ): Promise<RunLogFile> {
    const path = this.logPath(type, methodName, definitionId, startedAt);
    await Deno.mkdir(dirname(path), { recursive: true });
    return await openRunLogFile(path, shownPath(this.#layout.root, path));
  }

  async saveEvaluated(definition: Definition): Promise<string> {
    return await saveEvaluated(this.#layout.evaluatedDefinitions, definition);
  }

  async lastEvaluated(type: string, definitionId: string): Promise<Definition | undefined> {
    const { root, evaluatedDefinitions } = this.#layout;
    const shown = (path: string) => shownPath(root, path);
    return await loadEvaluated(evaluatedDefinitions, type, definitionId, shown);
  }

  async removeFor(type: string, definitionId: string): Promise<number> {
    const paths = this.#files(type, definitionId);
    for (const path of paths) await removeIfThere(path);
    for (const folder of new Set(paths.map(dirname))) {
      await removeFoldersWhileEmpty(folder, this.#layout.outputs);
    }
    await removeEvaluated(this.#layout.evaluatedDefinitions, type, definitionId);
    return paths.filter((path) => path.endsWith(".yaml")).length;
  }

  /** Records and logs of a definition. */
  #files(type: string, definitionId: string, report?: DamageReporter): string[] {
    const folder = this.#typeFolder(type);
    const paths: string[] = [];
    for (const { name: method, isDirectory } of entriesIn(folder, report)) {
      if (!isDirectory) continue;
      // Whoever deletes the same model at the same time may have removed the folder.
      for (const { name, isFile } of entriesIn(join(folder, method), report)) {
        const isOurs = name.startsWith(`${definitionId}-`) && /\.(yaml|log)$/.test(name);
        if (isFile && isOurs) paths.push(join(folder, method, name));
      }
    }
    return paths;
  }

  #path(type: string, method: string, definitionId: string, startedAt: string, extension: string) {
    if (/[/\\\0]|\.\./.test(definitionId)) {
      throw new UserError("invalid_model_id", `Invalid model id "${definitionId}"`);
    }
    const time = startedAt.replaceAll(/[:.]/g, "-");
    const file = `${definitionId}-${time}.${extension}`;
    return join(this.#typeFolder(type), methodFolder(method), file);
  }

  #typeFolder(type: string): string {
    return join(this.#layout.outputs, ...normalizeTypeName(type).split("/"));
  }
}

async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

function entriesIn(folder: string, report?: DamageReporter): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    if (report === undefined) throw error;
    report({ path: folder, reason: messageOf(error) });
    return [];
  }
}

/** Method names are chosen by authors; in a path they are one harmless segment. */
function methodFolder(methodName: string): string {
  return methodName.replaceAll(/[/\\\0]/g, "-").replaceAll("..", "--");
}
