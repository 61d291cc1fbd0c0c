import { basename, dirname, join, relative } from "@std/path";
import { walk } from "@std/fs";
import { writeFileAtomically } from "./atomic_file.ts";

/** Folders of early versions, below `.swamp/`, and where their files belong now. */
const MOVED = { definitions: "models", workflows: "workflows", vault: "vaults" } as const;

/**
 * Brings the files of older versions of swamp to where they belong (contract: cli-core 4.4): files of
 * `.swamp/definitions`, `workflows` and `vault` go to the top-level folders, `latest` links of data
 * become text files. Doing it again, or going on after a crash, does the rest.
 *
 * @param root absolute path of the repository.
 * @returns one sentence for each thing that was done.
 */
export async function migrateLayout(root: string): Promise<string[]> {
  const done: string[] = [];
  for (const [old, current] of Object.entries(MOVED)) {
    done.push(...await moveFolder(root, join(root, ".swamp", old), join(root, current)));
  }
  const links = await writeLatestFiles(join(root, ".swamp", "data"));
  if (links > 0) done.push(`Wrote ${links} "latest" link(s) of .swamp/data as text files`);
  return done;
}

/** Moves files; what is at the target already wins, and its old copy stays where it is. */
async function moveFolder(root: string, from: string, to: string): Promise<string[]> {
  if (!await isDirectory(from)) return [];
  const done: string[] = [];
  // In a repository of that age, links in the top-level folder only showed files of the old one.
  for (const link of await paths(to, (entry) => entry.isSymlink)) {
    await Deno.remove(link);
    done.push(`Removed the link ${relative(root, link)}`);
  }
  for (const file of await paths(from, (entry) => entry.isFile)) {
    const target = join(to, relative(from, file));
    const [shown, shownTarget] = [relative(root, file), relative(root, target)];
    if (await exists(target)) {
      done.push(`Left ${shown} where it is: ${shownTarget} exists`);
      continue;
    }
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.rename(file, target);
    done.push(`Moved ${shown} to ${shownTarget}`);
  }
  await removeEmptyFolders(from);
  return done;
}

async function writeLatestFiles(data: string): Promise<number> {
  let count = 0;
  for (const link of await paths(data, (entry) => entry.isSymlink && entry.name === "latest")) {
    const version = basename(await Deno.readLink(link));
    if (!/^[1-9]\d*$/.test(version)) continue;
    await writeFileAtomically(link, version);
    count += 1;
  }
  return count;
}

type Entry = Pick<Deno.DirEntry, "name" | "isFile" | "isSymlink">;

/** Everything below a folder that `wanted` accepts; links are neither followed nor skipped. */
async function paths(folder: string, wanted: (entry: Entry) => boolean): Promise<string[]> {
  if (!await isDirectory(folder)) return [];
  const found: string[] = [];
  for await (const entry of walk(folder, { followSymlinks: false })) {
    if (wanted(entry)) found.push(entry.path);
  }
  return found.sort();
}

/** Removes a folder and those in it as far as they hold no files. */
async function removeEmptyFolders(folder: string): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) await removeEmptyFolders(join(folder, entry.name));
  }
  await Deno.remove(folder).catch(() => {});
}

async function isDirectory(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isDirectory ?? false;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
