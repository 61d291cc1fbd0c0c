/**
 * Where the records of runs are on disk: `outputs/<type>/<method>/<definition id>-<time>.yaml`
 * (contract: cli-core 12.1).
 *
 * @module
 */
import { join } from "@std/path";
import { messageOf } from "../../../domain/errors.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";

/** The file of a record, judged by its place and its name. */
export interface RunFile {
  /** Absolute path. */
  readonly path: string;
  /** Type that its folder stands for. */
  readonly type: string;
  /** Absent where the name is not one that swamp gives. */
  readonly named?: {
    readonly definitionId: string;
    /** When the run started, in milliseconds since the epoch. */
    readonly startedAt: number;
  };
}

const RECORD_NAME = /^(.+)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.yaml$/;

/**
 * The records below a folder, at whatever depth, newest first by their names. Hidden folders are left
 * out; a missing folder has none.
 *
 * @param outputs absolute path of the folder of all records.
 * @param report told of folders that cannot be read.
 */
export function runFilesBelow(outputs: string, report: DamageReporter): RunFile[] {
  const found: RunFile[] = [];
  const visit = (folder: string, segments: readonly string[]) => {
    // The last segment is the method's.
    const type = segments.slice(0, -1).join("/");
    for (const { name, isDirectory } of entriesOf(folder, report)) {
      if (name.startsWith(".")) continue;
      if (isDirectory) visit(join(folder, name), [...segments, name]);
      else if (name.endsWith(".yaml") && type !== "") {
        found.push({ path: join(folder, name), type, ...partsOf(name) });
      }
    }
  };
  visit(outputs, []);
  const startedAt = (file: RunFile) => file.named?.startedAt ?? 0;
  return found.sort((a, b) => startedAt(b) - startedAt(a));
}

function partsOf(name: string): Pick<RunFile, "named"> {
  const [, definitionId, date, hours, minutes, seconds, fraction] = RECORD_NAME.exec(name) ?? [];
  if (definitionId === undefined) return {};
  const startedAt = Date.parse(`${date}T${hours}:${minutes}:${seconds}.${fraction}Z`);
  return Number.isNaN(startedAt) ? {} : { named: { definitionId, startedAt } };
}

function entriesOf(folder: string, report: DamageReporter): Iterable<Deno.DirEntry> {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    report({ path: folder, reason: messageOf(error) });
    return [];
  }
}
