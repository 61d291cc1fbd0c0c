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

/**
 * Reads all definitions. A file is only parsed if its content is not what `previous` parsed, and
 * only read if its stat does not prove that.
 */
export async function scanDefinitions(
  layout: RepositoryLayout,
  previous: IndexContent | undefined,
): Promise<IndexContent> {
  const startedAt = Date.now();
  const known = new Map<string, IndexedDefinition | IndexedFailure>();
  for (const entry of previous?.definitions ?? []) known.set(entry.file, entry);
  for (const entry of previous?.failures ?? []) known.set(entry.file, entry);

  const { files, folders, unreachable } = definitionFiles(layout);
  const definitions: IndexedDefinition[] = [];
  const failures: IndexedFailure[] = [];
  for (const found of files) {
    const entry = await examine(found, known.get(found.file), startedAt);
    if (entry === undefined) continue;
    if ("definition" in entry) definitions.push(entry);
    else failures.push(entry);
  }
  for (const { file, reason } of unreachable) {
    failures.push({ file, stat: UNSETTLED, hash: UNREACHABLE, failure: { reason } });
  }
  return {
    folders: folders.map(({ file, stat }) => ({
      file,
      stat: settledStat(stat, startedAt),
    })),
    failures,
    definitions,
  };
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
  if (known?.stat === statText(stat)) return known;
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
  if (known?.hash === state.hash) return { ...known, ...state };
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
