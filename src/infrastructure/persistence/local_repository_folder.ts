import { dirname, join, resolve } from "@std/path";
import { UserError } from "../../domain/errors.ts";
import type { RepositoryFolder } from "../../domain/repository/repository_folder.ts";
import { createFileExclusively, writeFileAtomically } from "./atomic_file.ts";
import { migrateLayout } from "./layout_migration.ts";
import { findRepositoryRoot } from "./repository_finder.ts";
import { changedMarker, readMarker } from "./repository_marker.ts";
import { yamlText } from "./yaml_writer.ts";

/**
 * A directory on disk that is to become a repository, or to be upgraded.
 *
 * @param root absolute path; nothing need be there.
 * @param lock takes the lock of the repository.
 */
export function localRepositoryFolder(
  root: string,
  lock: () => Promise<AsyncDisposable>,
): RepositoryFolder {
  const marker = join(root, ".swamp.yaml");
  const gitignore = join(root, ".gitignore");
  return {
    root,
    lock,
    enclosingRepository: () => findRepositoryRoot(dirname(root)),
    readMarker: () => readMarker(marker),
    createMarker: (entries) => createFileExclusively(marker, yamlText(entries)),
    updateMarker: async (changes) => {
      const text = await changedMarker(await Deno.readTextFile(marker), changes);
      await writeFileAtomically(marker, text);
    },
    setMarkerAside: async () => {
      const aside = `.swamp.yaml.bad-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
      await Deno.rename(marker, join(root, aside));
      return aside;
    },
    checkFolders: async (folders) => {
      for (const folder of ["", ...folders]) await checkFolder(resolve(root, folder));
    },
    createFolders: async (folders) => {
      for (const folder of ["", ...folders]) {
        await Deno.mkdir(resolve(root, folder), { recursive: true });
      }
    },
    readGitignore: () => readTextIfAny(gitignore),
    // A link is followed: replacing it by a file would cut it off from where the user keeps the text.
    writeGitignore: async (text) => {
      const target = await Deno.realPath(gitignore).catch(() => gitignore);
      await writeFileAtomically(target, text);
    },
    migrate: () => migrateLayout(root),
  };
}

/** Throws if `path` cannot be a directory because a file stands there or above it. */
async function checkFolder(path: string): Promise<void> {
  for (let place = path;; place = dirname(place)) {
    const info = await statIfAny(place);
    if (info?.isDirectory) return;
    if (info !== undefined) {
      throw new UserError(
        "not_a_directory",
        `Not a directory: ${place}. A file is in the way; move it, or name another directory.`,
      );
    }
    if (dirname(place) === place) return;
  }
}

/** What is at a path, links followed; `undefined` for nothing, also below something that is a file. */
async function statIfAny(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

async function readTextIfAny(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.IsADirectory) {
      throw new UserError(
        "not_a_file",
        `Not a file: ${path}. A directory is in the way; move it and run the command again.`,
      );
    }
    throw error;
  }
}
