import { join } from "@std/path";
import type { DataScope } from "../../../domain/data/data.ts";
import type { StoredData, SyncDataReader } from "../../../domain/data/data_store.ts";
import { messageOf } from "../../../domain/errors.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";
import {
  CONTENT_FILE,
  isOnItsWayOut,
  METADATA_FILE,
  modelFolder,
  modelIdAt,
  nameFolder,
} from "./data_folders.ts";
import { parseMetadataSync } from "./metadata_file.ts";

/**
 * Reads data without waiting.
 *
 * @param data absolute path of the folder of all data.
 * @param report told of damaged metadata, and of folders that cannot be read.
 */
export function createSyncReader(data: string, report: DamageReporter): SyncDataReader {
  const read = (scope: DataScope, name: string, version: number) =>
    readVersion(nameFolder(data, scope, name), { scope, name, version }, report);
  const versions = (scope: DataScope, name: string) =>
    versionNumbers(nameFolder(data, scope, name), report);
  const get: SyncDataReader["get"] = (scope, name, version) => {
    if (version !== undefined) return read(scope, name, version);
    for (const number of versions(scope, name).reverse()) {
      const stored = read(scope, name, number);
      if (stored !== undefined) return stored;
    }
    return undefined;
  };
  return {
    get,
    versions: (scope, name) =>
      versions(scope, name).filter((version) => read(scope, name, version) !== undefined),
    list: (scope) =>
      foldersIn(modelFolder(data, scope), report).filter((name) => !isOnItsWayOut(name)).sort()
        .flatMap((name) => get(scope, name) ?? []),
    scopes: () => scopesBelow(data, report),
    content: ({ contentPath }) => orMissing(() => Deno.readFileSync(contentPath)),
  };
}

function readVersion(
  folder: string,
  { scope, name, version }: {
    readonly scope: DataScope;
    readonly name: string;
    readonly version: number;
  },
  report: DamageReporter,
): StoredData | undefined {
  const path = join(folder, String(version));
  const metadataPath = join(path, METADATA_FILE);
  try {
    const text = orMissing(() => Deno.readTextFileSync(metadataPath));
    if (text === undefined) return undefined;
    const metadata = parseMetadataSync(text, { name, version });
    return { scope, metadata, path, contentPath: join(path, CONTENT_FILE) };
  } catch (error) {
    report({ path: metadataPath, reason: messageOf(error) });
    return undefined;
  }
}

function versionNumbers(folder: string, report: DamageReporter): number[] {
  return foldersIn(folder, report).filter((name) => /^[1-9]\d{0,14}$/.test(name)).map(Number)
    .sort((a, b) => a - b);
}

function scopesBelow(data: string, report: DamageReporter): DataScope[] {
  const scopes: DataScope[] = [];
  const visit = (segments: readonly string[]) => {
    for (const name of foldersIn(join(data, ...segments), report)) {
      if (name.startsWith(".")) continue;
      const path = [...segments, name];
      if (modelIdAt(path) < 0) visit(path);
      else scopes.push({ type: segments.join("/"), modelId: name });
    }
  };
  visit([]);
  const key = ({ type, modelId }: DataScope) => `${type}/${modelId}`;
  return scopes.sort((a, b) => key(a) < key(b) ? -1 : 1);
}

function foldersIn(folder: string, report: DamageReporter): string[] {
  try {
    const entries = orMissing(() => [...Deno.readDirSync(folder)]) ?? [];
    return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  } catch (error) {
    report({ path: folder, reason: messageOf(error) });
    return [];
  }
}

function orMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}
