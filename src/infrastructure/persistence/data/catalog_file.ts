/**
 * The file of the data catalog, whatever state it is in.
 *
 * @module
 */
import { SqliteError } from "@db/sqlite";
import { dirname, join } from "@std/path";
import { messageOf } from "../../../domain/errors.ts";
import { CatalogStore } from "../catalog_store.ts";

/** Result codes of SQLite (https://sqlite.org/rescode.html): somebody else holds the lock. */
const BUSY = [5, 6];
/** The file, or the folder that it lies in, can only be read. */
const READ_ONLY = [8, 14];
/** The disk refuses, so a new file would be no better. */
const DISK = [10, 13];

/** What {@linkcode openCatalogFile} works with. */
export interface CatalogFileOptions {
  /** Absolute path of the folder of all data. */
  readonly data: string;
  /** Absolute path of the catalog. */
  readonly file: string;
  /** Told, in one line, when the catalog is damaged or cannot be used. */
  readonly warn: (message: string) => void;
}

/**
 * Opens the catalog. One that is missing or of another layout is made anew without a word, one that
 * is damaged with a warning. Where there can be none, an empty one in memory takes its place.
 */
export function openCatalogFile(options: CatalogFileOptions): CatalogStore {
  const path = options.file;
  const kind = kindOf(path);
  if (kind === "missing") return createCatalogFile(path);
  if (kind === "other") return renewCatalogFile(options, "it is no file");
  let store: CatalogStore | undefined;
  try {
    store = CatalogStore.open(path);
    if (store.hasKnownLayout()) return store;
    store.close();
    return createCatalogFile(path);
  } catch (error) {
    store?.close();
    return instead(options, error);
  }
}

/** Whether there is a catalog on disk, in whatever state. */
export function hasCatalogFile({ file }: CatalogFileOptions): boolean {
  return kindOf(file) !== "missing";
}

/**
 * What takes the place of a catalog that has failed: an empty one in memory if the reason lies outside
 * of it, else a new file.
 *
 * @throws what was thrown, unless it comes from SQLite.
 */
export function instead(options: CatalogFileOptions, error: unknown): CatalogStore {
  if (!(error instanceof SqliteError)) throw error;
  if ([...BUSY, ...DISK, ...READ_ONLY].includes(error.code)) return inMemory(options, error);
  return renewCatalogFile(options, messageOf(error));
}

/** An empty catalog in memory, for a file that cannot be used because of `error`. */
export function inMemory({ warn }: CatalogFileOptions, error: unknown): CatalogStore {
  if (!(error instanceof SqliteError)) throw error;
  // That a repository can only be read is nothing to warn of.
  if (!READ_ONLY.includes(error.code)) {
    const reason = BUSY.includes(error.code) ? "another process is using it" : messageOf(error);
    warn(`Doing without the data catalog: ${reason}`);
  }
  return CatalogStore.create(":memory:");
}

function renewCatalogFile(options: CatalogFileOptions, reason: string): CatalogStore {
  const path = options.file;
  options.warn(`The data catalog is damaged and made anew: ${reason}`);
  try {
    Deno.renameSync(path, `${path}.bad-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`);
  } catch {
    return CatalogStore.create(":memory:");
  }
  return createCatalogFile(path);
}

/** Makes an empty catalog in one step, over whatever file is there. */
function createCatalogFile(path: string): CatalogStore {
  const temporary = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
  try {
    CatalogStore.create(temporary).close();
    // What belongs to the old file must not be taken for a part of the new one.
    for (const suffix of ["-journal", "-wal", "-shm"]) removeFile(`${path}${suffix}`);
    Deno.renameSync(temporary, path);
    return CatalogStore.open(path);
  } catch {
    removeFile(temporary);
    return CatalogStore.create(":memory:");
  }
}

function kindOf(path: string): "file" | "missing" | "other" {
  try {
    return Deno.statSync(path).isFile ? "file" : "other";
  } catch {
    return "missing";
  }
}

function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It was not there, or a rename will tell that nothing can be changed here.
  }
}
