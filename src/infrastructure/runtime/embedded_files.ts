/**
 * Files inside an executable made by `deno compile`, and how other processes get to see them: they
 * are unpacked, once, into a cache.
 *
 * @module
 */
import { dirname, join } from "@std/path";
import { isTrusted, type RuntimeCache, runtimeCaches } from "./runtime_caches.ts";

/** A file to unpack. */
export interface EmbeddedFile {
  /** Path of the file inside the executable. */
  readonly source: string;
  /** Path below the folder that it is unpacked into, with `/` between its parts. */
  readonly name: string;
  readonly executable?: boolean;
}

/**
 * Unpacks files into a folder of a cache, unless they are there already. The folder appears under
 * its name in one step with everything in it, so any number of processes may call this at once.
 *
 * @param name name of the folder. It has to tell the contents, which are never compared.
 * @param files what belongs into the folder.
 * @param caches where to look and to unpack, best first.
 * @returns path of the folder.
 * @throws {AggregateError} with one error for each cache when none of them can be used.
 *
 * @example
 * ```ts
 * const folder = await unpackedFolder("deno-2.9.6", [{ source, name: "deno", executable: true }]);
 * ```
 */
export async function unpackedFolder(
  name: string,
  files: readonly EmbeddedFile[],
  caches: readonly RuntimeCache[] = runtimeCaches(),
): Promise<string> {
  for (const cache of caches) {
    if (await isUnpacked(cache, name, files)) return join(cache.path, name);
  }
  const errors: unknown[] = [];
  for (const cache of caches) {
    try {
      await unpack(cache, name, files);
      return join(cache.path, name);
    } catch (error) {
      errors.push(error);
    }
  }
  throw new AggregateError(
    errors,
    `${name} cannot be unpacked. Set SWAMP_CACHE_DIR to a folder with 150 MB of space. ` +
      errors.map((error) => error instanceof Error ? error.message : error).join("; "),
  );
}

async function isUnpacked(
  cache: RuntimeCache,
  name: string,
  files: readonly EmbeddedFile[],
): Promise<boolean> {
  try {
    return await isTrusted(cache) && await isComplete(join(cache.path, name), files);
  } catch {
    return false;
  }
}

async function isComplete(folder: string, files: readonly EmbeddedFile[]): Promise<boolean> {
  for (const file of files) {
    const info = await Deno.stat(join(folder, file.name)).catch(() => undefined);
    if (!info?.isFile) return false;
  }
  return true;
}

async function unpack(
  cache: RuntimeCache,
  name: string,
  files: readonly EmbeddedFile[],
): Promise<void> {
  await Deno.mkdir(cache.path, { recursive: true, mode: 0o700 });
  if (!await isTrusted(cache)) {
    throw new Deno.errors.PermissionDenied(`${cache.own} is not a folder of this user`);
  }
  const temporary = await Deno.makeTempDir({ dir: cache.path, prefix: ".unpacking-" });
  try {
    for (const file of files) await copyOut(file, join(temporary, "new", file.name));
    await publish(join(temporary, "new"), join(cache.path, name), files, temporary);
  } finally {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
  }
}

async function copyOut(file: EmbeddedFile, target: string): Promise<void> {
  await Deno.mkdir(dirname(target), { recursive: true });
  using source = await Deno.open(file.source);
  using copy = await Deno.open(target, {
    write: true,
    createNew: true,
    mode: file.executable ? 0o755 : 0o644,
  });
  await source.readable.pipeTo(copy.writable);
}

/** Gives a folder its final name, unless a complete one got it before. */
async function publish(
  folder: string,
  target: string,
  files: readonly EmbeddedFile[],
  temporary: string,
): Promise<void> {
  if (await renameIfFree(folder, target) || await isComplete(target, files)) return;
  // What is there has lost a file.
  await Deno.rename(target, join(temporary, "damaged")).catch(() => {});
  if (await renameIfFree(folder, target) || await isComplete(target, files)) return;
  throw new Error(`${target} changes while it is made`);
}

/** Whether a folder could be renamed: not when there is another one with something in it. */
async function renameIfFree(folder: string, target: string): Promise<boolean> {
  try {
    await Deno.rename(folder, target);
    return true;
  } catch (error) {
    if (await Deno.lstat(target).then(() => true, () => false)) return false;
    throw error;
  }
}
