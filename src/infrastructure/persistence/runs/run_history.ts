import { basename, dirname, join, relative, resolve } from "@std/path";
import { messageOf } from "../../../domain/errors.ts";
import type { RunHistory, RunSelection, StoredRun } from "../../../domain/models/run_history.ts";
import type { RunRecord } from "../../../domain/models/run_record.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";
import { shownPath } from "../../../domain/repository/shown_path.ts";
import type { RepositoryLayout } from "../repository_layout.ts";
import { parseRunRecord } from "./record_file.ts";
import { type RunFile, runFilesBelow } from "./run_files.ts";
import { settledRecord } from "./settled_record.ts";

/**
 * The run records that are on disk. As few of them are read as the names of their files allow.
 *
 * @param report told of damaged records and unreadable folders, once for each.
 */
export function createRunHistory(
  layout: RepositoryLayout,
  report: DamageReporter = () => {},
): RunHistory {
  return new FileRunHistory(layout, report);
}

class FileRunHistory implements RunHistory {
  readonly #layout: RepositoryLayout;
  readonly #report: DamageReporter;
  readonly #reported = new Set<string>();

  constructor(layout: RepositoryLayout, report: DamageReporter) {
    this.#layout = layout;
    this.#report = report;
  }

  async runs(selection: RunSelection = {}): Promise<readonly StoredRun[]> {
    const { limit = Infinity } = selection;
    const found: StoredRun[] = [];
    const report: DamageReporter = ({ path, reason }) => this.#tell(path, reason);
    for (const file of runFilesBelow(this.#layout.outputs, report)) {
      if (found.length >= limit) break;
      const record = mayBeChosen(file, selection) ? await this.#read(file, selection) : undefined;
      if (record !== undefined) found.push({ type: file.type, record });
    }
    return found.sort(newestFirst);
  }

  async openLog({ logFile }: RunRecord): Promise<ReadableStream<Uint8Array> | undefined> {
    if (logFile === undefined) return undefined;
    const { root, outputs } = this.#layout;
    const path = resolve(root, logFile);
    if (!isWithin(path, root) && !isWithin(path, outputs)) return undefined;
    try {
      return (await Deno.open(path)).readable;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  async #read(file: RunFile, selection: RunSelection): Promise<RunRecord | undefined> {
    try {
      const text = Deno.readTextFileSync(file.path);
      if (!mayHaveId(text, selection.idDigits)) return undefined;
      const record = await parseRunRecord(text);
      if (!isChosen(record, selection)) return undefined;
      return settledRecord(this.#withLogBeside(file.path, record));
    } catch (error) {
      // Somebody else has just removed it.
      if (!(error instanceof Deno.errors.NotFound)) this.#tell(file.path, messageOf(error));
      return undefined;
    }
  }

  /**
   * A run's own log has the name of its record and lies beside it, wherever the folder was moved since.
   * The log of a workflow, which its steps' records name, has another name and stays as recorded.
   */
  #withLogBeside(path: string, record: RunRecord): RunRecord {
    const own = `${basename(path, ".yaml")}.log`;
    if (record.logFile === undefined || basename(record.logFile) !== own) return record;
    return { ...record, logFile: shownPath(this.#layout.root, join(dirname(path), own)) };
  }

  #tell(path: string, reason: string): void {
    if (this.#reported.has(path)) return;
    this.#reported.add(path);
    this.#report({ path, reason });
  }
}

function isWithin(path: string, folder: string): boolean {
  return !/^(?:\.\.(?:[/\\]|$)|[/\\]|[A-Za-z]:)/.test(relative(folder, path));
}

function newestFirst({ record: a }: StoredRun, { record: b }: StoredRun): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

function mayBeChosen({ named }: RunFile, { definitionId, since = 0 }: RunSelection): boolean {
  if (named === undefined) return true;
  return (definitionId === undefined || named.definitionId === definitionId) &&
    named.startedAt >= since;
}

/** Looks at the text alone: reading YAML takes ten times as long. */
function mayHaveId(text: string, digits: string | undefined): boolean {
  if (digits === undefined) return true;
  const id = /^id: *['"]?([\da-fA-F-]+)/m.exec(text)?.[1];
  return id === undefined || hexDigits(id).startsWith(digits);
}

function isChosen(record: RunRecord, { definitionId, idDigits = "", since }: RunSelection) {
  return (definitionId === undefined || record.definitionId === definitionId) &&
    hexDigits(record.id).startsWith(idDigits) &&
    (since === undefined || Date.parse(record.startedAt) >= since);
}

function hexDigits(id: string): string {
  return id.replaceAll("-", "").toLowerCase();
}
