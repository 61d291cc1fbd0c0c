import { basename, dirname, join, relative } from "@std/path";
import { DATASTORE_FOLDERS } from "../../domain/datastores/datastore_folders.ts";
import type { CopyReport, FolderMigration } from "../../domain/datastores/folder_migration.ts";
import { messageOf } from "../../domain/errors.ts";
import { digestFile } from "../persistence/data/content_digest.ts";
import { folderOf, localPlace } from "../persistence/repository_layout.ts";

/** So many files are copied at a time: most of the time goes into waiting for the disk. */
const COPIED_AT_ONCE = 16;

/** Locks, caches, what waits for its removal and what was never finished. */
const LEFT_BEHIND =
  /^(?:\.lock|\.datastore\.lock|.*\.takeover|\..*\.tmp|_catalog\.db.*|\.removed-.*|\.writing-.*)$/;

/** A hint that readers do not rely on; two places may well have different ones. */
const HINT = "latest";

/**
 * Brings folders of a repository from one place on this machine to another.
 *
 * @param root absolute path of the repository.
 */
export function localFolderMigration(root: string): FolderMigration {
  return {
    pathOf: (place, folder) => folderOf(root, place, folder),
    isLocal: (place) =>
      DATASTORE_FOLDERS.every((folder) =>
        folderOf(root, place, folder) === folderOf(root, localPlace(root), folder)
      ),
    isWithin,
    isThere: async (folder) =>
      await Deno.stat(folder).then((info) => info.isDirectory, () => false),
    create: (folder) => Deno.mkdir(folder, { recursive: true }),
    copy: copyFolder,
    remove: (folder) => Deno.remove(folder, { recursive: true }),
  };
}

function isWithin(path: string, folder: string): boolean {
  return !/^(?:\.\.(?:[/\\]|$)|[/\\]|[A-Za-z]:)/.test(relative(folder, path));
}

async function copyFolder(from: string, to: string, mayReplace: boolean): Promise<CopyReport> {
  const waiting = filesBelow(from);
  const total = { files: 0, bytes: 0 };
  const problems: string[] = [];
  const work = async () => {
    for (let next = await waiting.next(); !next.done; next = await waiting.next()) {
      const path = next.value;
      try {
        const bytes = await copyFile(path, join(to, relative(from, path)), mayReplace);
        total.files += bytes === undefined ? 0 : 1;
        total.bytes += bytes ?? 0;
      } catch (error) {
        problems.push(`${path}: ${messageOf(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: COPIED_AT_ONCE }, work));
  return { ...total, problems: problems.sort() };
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (LEFT_BEHIND.test(name)) continue;
    if (isDirectory) yield* filesBelow(join(folder, name));
    else yield join(folder, name);
  }
}

/** Copies a file; gives its size, `undefined` when the same content was there already. */
async function copyFile(
  from: string,
  to: string,
  mayReplace: boolean,
): Promise<number | undefined> {
  const { isSymlink } = await Deno.lstat(from);
  const there = await Deno.stat(to).catch(() => undefined);
  if (there !== undefined) {
    if (basename(from) === HINT || await hasContentOf(from, to)) return undefined;
    if (!mayReplace) throw new Error(`${to} is there already, with another content`);
  }
  await makeFolderLike(dirname(from), dirname(to));
  const temporary = join(dirname(to), `.${crypto.randomUUID()}.tmp`);
  try {
    if (isSymlink) {
      await Deno.symlink(await Deno.readLink(from), temporary);
      await Deno.rename(temporary, to);
      return 0;
    }
    await Deno.copyFile(from, temporary);
    using file = await Deno.open(temporary);
    // The original goes afterwards: what is only in memory would be lost in a power cut.
    await file.sync();
    if (!await hasContentOf(from, temporary)) throw new Error("it was changed while it was copied");
    await Deno.rename(temporary, to);
    return (await file.stat()).size;
  } finally {
    await Deno.remove(temporary).catch(() => {});
  }
}

async function hasContentOf(from: string, to: string): Promise<boolean> {
  const [one, other] = await Promise.all([digestFile(from), digestFile(to)]);
  return one.size === other.size && one.checksum === other.checksum;
}

/** Makes a folder, and those above it, with the permissions of those that they take the place of. */
async function makeFolderLike(from: string, to: string): Promise<void> {
  if (await Deno.stat(to).then(() => true, () => false)) return;
  if (basename(from) === basename(to)) await makeFolderLike(dirname(from), dirname(to));
  const { mode } = await Deno.stat(from);
  await Deno.mkdir(to, { recursive: true, ...(mode === null ? {} : { mode: mode & 0o777 }) });
}
