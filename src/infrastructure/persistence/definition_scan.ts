import { join } from "@std/path";
import { messageOf } from "../../domain/errors.ts";
import { readDefinition } from "../../domain/models/definition_document.ts";
import { contentHash } from "../extensions/content_hash.ts";
import { settledStat, statOf, statText, UNSETTLED } from "../extensions/file_stat.ts";
import { type DefinitionFile, definitionFiles } from "./definition_files.ts";
import type {
  FileState,
  IndexContent,
  IndexedDefinition,
  IndexedFailure,
  IndexHeader,
} from "./definition_index.ts";
import type { DefinitionText } from "./definition_yaml.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { readSimpleYaml } from "./yaml_reader.ts";

/** What a look at all definitions found. */
export interface DefinitionScan extends IndexContent {
  /** Whether this is not what was known before. */
  readonly changed: boolean;
}

/**
 * Reads all definitions. A file is only parsed if its content is not what `previous` parsed, and
 * only read if its stat does not prove that.
 */
export async function scanDefinitions(
  layout: RepositoryLayout,
  previous: IndexContent | undefined,
): Promise<DefinitionScan> {
  const startedAt = Date.now();
  const known = new Map<string, IndexedDefinition | IndexedFailure>();
  for (const entry of previous?.definitions ?? []) known.set(entry.file, entry);
  for (const entry of previous?.failures ?? []) known.set(entry.file, entry);

  const { files, folders, unreachable } = definitionFiles(layout);
  const definitions: IndexedDefinition[] = [];
  const failures: IndexedFailure[] = [];
  let same = 0;
  for (const found of files) {
    const before = known.get(found.file);
    // Most files are as they were, and waiting for each would cost more than looking at it.
    const entry = before?.stat === statText(found.stat)
      ? before
      : await examine(found, before, startedAt);
    if (entry === undefined) continue;
    if (entry === before) same++;
    if ("definition" in entry) definitions.push(entry);
    else failures.push(entry);
  }
  for (const { file, reason } of unreachable) {
    failures.push({ file, stat: UNSETTLED, hash: UNREACHABLE, failure: { reason } });
  }
  failures.sort((a, b) => a.file < b.file ? -1 : 1);
  const seen = folders.map(({ file, stat }) => ({ file, stat: settledStat(stat, startedAt) }));
  const changed = same !== definitions.length + failures.length || same !== known.size ||
    JSON.stringify(seen) !== JSON.stringify(previous?.folders);
  return { folders: seen, failures, definitions, changed };
}

/** Whether a file still says what it said when `state` was recorded. */
export async function isUnchanged(layout: RepositoryLayout, state: FileState): Promise<boolean> {
  const path = join(layout.root, state.file);
  if (state.stat === statText(statOf(path))) return true;
  if (state.hash === UNREACHABLE) return false;
  try {
    return await contentHash(Deno.readFileSync(path)) === state.hash;
  } catch {
    return false;
  }
}

/** Whether the folders hold the same names as when the index was written. */
export function sameFolders(layout: RepositoryLayout, { folders }: IndexHeader): boolean {
  return folders.every(({ file, stat }) => stat === statText(statOf(join(layout.root, file))));
}

/** Stands for the content of what could not be looked into; it is tried again every time. */
const UNREACHABLE = "unreachable";

/** What a file says; `undefined` if it vanished since the walk met it. */
async function examine(
  { path, file, folderType, stat }: DefinitionFile,
  known: IndexedDefinition | IndexedFailure | undefined,
  startedAt: number,
): Promise<IndexedDefinition | IndexedFailure | undefined> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    return { file, stat: UNSETTLED, hash: UNREACHABLE, failure: { reason: messageOf(error) } };
  }
  const state = {
    file,
    stat: settledStat(stat, startedAt),
    hash: await contentHash(bytes),
  };
  if (known?.hash === state.hash) {
    return known.stat === state.stat ? known : { ...known, ...state };
  }
  return { ...state, ...await readBytes(bytes, folderType) };
}

async function readBytes(
  bytes: Uint8Array<ArrayBuffer>,
  folderType: string | undefined,
): Promise<DefinitionText> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { failure: { reason: "the file is not UTF-8 text" } };
  }
  const simple = readSimpleYaml(text);
  if (simple !== undefined) {
    const { definition } = readDefinition(simple, folderType);
    if (definition !== undefined) return { definition };
  }
  const { readDefinitionText } = await import("./definition_yaml.ts");
  return readDefinitionText(text, folderType);
}
