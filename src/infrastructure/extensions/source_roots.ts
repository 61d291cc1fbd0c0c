import { isAbsolute, join, resolve } from "@std/path";
import { KIND_ROWS, type KindRow } from "../../domain/extensions/kinds.ts";
import type { RepositorySettings } from "../../domain/repository/settings.ts";
import { MISSING, statOf } from "./file_stat.ts";
import { foldersOf } from "./folder_pattern.ts";
import { sourceKey } from "./source_key.ts";

/** A folder whose files may be extension sources. */
export interface SourceRoot {
  /** Absolute path. */
  readonly path: string;
  /** `models`, `vaults`, …: decides which exports count. */
  readonly folder: string;
  /** Folder below `.swamp/` for its bundles. */
  readonly bundleFolder: string;
  /** Absolute path of the folder up to which project configurations count: it, or one above it. */
  readonly base: string;
}

/** Reads an environment variable; an empty value counts as unset. */
export type Variable = (name: string) => string | undefined;

/** The source folders of a repository. */
export interface SourceRoots {
  /** In order of precedence: the repository's own, then those from elsewhere. None need exist. */
  readonly roots: readonly SourceRoot[];
  /** Places that the settings name and that are not there. */
  readonly missing: readonly string[];
}

/**
 * The source folders of a repository, in the order in which they win.
 *
 * Its own: an environment variable, then a key of `.swamp.yaml`, then `extensions/<folder>`, for each
 * kind (contract: extensions 1.1). Relative paths start at the repository.
 *
 * From elsewhere: `SWAMP_EXTENSION_SOURCES` (separated like `PATH`), then `extensionSources` of
 * `.swamp.yaml`. Each names, possibly with `*` and `?`, folders that have `models`, `vaults`, … in
 * them, or in an `extensions` folder of theirs.
 */
export function sourceRoots(
  repositoryRoot: string,
  settings: RepositorySettings,
  variable: Variable,
): SourceRoots {
  const rows = [...new Map(KIND_ROWS.map((row) => [row.folder, row])).values()];
  const own = rows.map((row) => {
    const configured = variable(row.folderVariable) || settings.all[row.folderSetting];
    const path = typeof configured === "string" && configured !== ""
      ? (isAbsolute(configured) ? resolve(configured) : resolve(repositoryRoot, configured))
      : join(repositoryRoot, "extensions", row.folder);
    const inside = !isAbsolute(sourceKey(repositoryRoot, path));
    return rootAt(path, row, inside ? repositoryRoot : path);
  });
  const places = externalPlaces(repositoryRoot, settings, variable);
  return {
    roots: [...own, ...places.flatMap((place) => externalRoots(place, rows))],
    missing: places.filter((place) => statOf(place) === MISSING),
  };
}

function rootAt(path: string, { folder, bundleFolder }: KindRow, base: string): SourceRoot {
  return { path, folder, bundleFolder, base };
}

function externalPlaces(
  repositoryRoot: string,
  settings: RepositorySettings,
  variable: Variable,
): string[] {
  const listed = settings.all.extensionSources;
  const separator = Deno.build.os === "windows" ? ";" : ":";
  const patterns = [
    ...(variable("SWAMP_EXTENSION_SOURCES") ?? "").split(separator),
    ...(Array.isArray(listed) ? listed.map(String) : []),
  ].filter((pattern) => pattern !== "");
  const home = variable("HOME") || variable("USERPROFILE");
  return [...new Set(patterns.flatMap((pattern) => foldersOf(repositoryRoot, pattern, home)))];
}

/** The folders of one place, whichever of the two layouts it has. */
function externalRoots(place: string, rows: readonly KindRow[]): SourceRoot[] {
  const nested = join(place, "extensions");
  const base = statOf(nested) === MISSING ? place : nested;
  return rows.map((row) => rootAt(join(base, row.folder), row, place));
}
