import { dirname, join, resolve } from "@std/path";
import { UserError } from "../../domain/errors.ts";
import type { Repository } from "../../domain/repository/repository.ts";
import { invalidSettings } from "../../domain/repository/settings_check.ts";
import { readMarker } from "./repository_marker.ts";

/** Finds the repository that a command works on; looks once, however often it is asked. */
export interface RepositoryFinder {
  /**
   * The repository.
   *
   * @throws {UserError} `not_a_repository` when there is none, `invalid_settings` when its
   * `.swamp.yaml` is damaged.
   */
  required(): Promise<Repository>;
  /** The repository, or `undefined` when there is none. Throws when its `.swamp.yaml` is damaged. */
  ifAny(): Promise<Repository | undefined>;
  /** As {@linkcode ifAny}, but a damaged `.swamp.yaml` is reported and counts as one without keys. */
  forgiving(report: (message: string) => void): Promise<Repository | undefined>;
}

/**
 * A finder that looks in one directory if it is given one, else in the working directory and all
 * above it.
 *
 * @param repoDir directory that was asked for, absolute or relative to the working directory
 */
export function createRepositoryFinder(
  workingDirectory: string,
  repoDir: string | undefined,
): RepositoryFinder {
  const directory = resolve(workingDirectory, repoDir ?? "");
  const upwards = repoDir === undefined;
  let found: Promise<FoundRepository | undefined> | undefined;
  const find = () => found ??= openRepository(directory, upwards);
  const ifAny = async () => {
    const repository = await find();
    if (repository?.damage !== undefined) throw invalidSettings(repository.root, repository.damage);
    return repository;
  };
  return {
    ifAny,
    async forgiving(report) {
      const repository = await find();
      if (repository?.damage !== undefined) {
        const damage = repository.damage.replaceAll("\n", "; ");
        report(`${damage}; default settings are used (${repository.root})`);
      }
      return repository;
    },
    async required() {
      const repository = await ifAny();
      if (repository !== undefined) return repository;
      throw await notARepository(directory);
    },
  };
}

/** The nearest directory with a `.swamp.yaml` file, `start` itself first. */
export async function findRepositoryRoot(start: string): Promise<string | undefined> {
  for (let directory = start;;) {
    if (await isFile(join(directory, ".swamp.yaml"))) return directory;
    const parent = dirname(directory);
    if (parent === directory) return undefined;
    directory = parent;
  }
}

interface FoundRepository extends Repository {
  /** What is wrong with `.swamp.yaml`, if something is. */
  readonly damage?: string;
}

async function openRepository(
  directory: string,
  upwards: boolean,
): Promise<FoundRepository | undefined> {
  const root = upwards ? await findRepositoryRoot(directory) : directory;
  if (root === undefined) return undefined;
  const marker = await readMarker(join(root, ".swamp.yaml"));
  if (marker.state === "read") return { root, settings: marker.settings };
  if (marker.state !== "damaged") return undefined;
  return { root, settings: { all: {} }, damage: marker.reason };
}

async function notARepository(directory: string): Promise<UserError> {
  const info = await Deno.stat(directory).catch(() => undefined);
  const what = info === undefined
    ? " (no such directory)"
    : info.isDirectory
    ? ""
    : " (not a directory)";
  return new UserError(
    "not_a_repository",
    `Not a swamp repository: ${directory}${what}. To initialize a new repository, run 'swamp repo init', ` +
      "or specify an existing repository with 'swamp <command> --repo-dir /path/to/repo'.",
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}
