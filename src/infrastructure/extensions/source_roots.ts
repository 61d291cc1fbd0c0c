import { isAbsolute, join, resolve } from "@std/path";
import { KIND_ROWS } from "../../domain/extensions/kinds.ts";
import type { RepositorySettings } from "../../domain/repository/settings.ts";

/** A folder whose files may be extension sources. */
export interface SourceRoot {
  /** Absolute path. */
  readonly path: string;
  /** `models`, `vaults`, …: decides which exports count. */
  readonly folder: string;
  /** Folder below `.swamp/` for its bundles. */
  readonly bundleFolder: string;
}

/**
 * The source folders of a repository, in the order in which they win: environment variable, then
 * `.swamp.yaml`, then `extensions/<folder>` (contract: extensions 1.1). Relative paths start at the
 * repository. A folder need not exist.
 *
 * @param variable reads an environment variable; an empty value counts as unset
 */
export function sourceRoots(
  root: string,
  settings: RepositorySettings,
  variable: (name: string) => string | undefined,
): SourceRoot[] {
  const rows = new Map(KIND_ROWS.map((row) => [row.folder, row]));
  return [...rows.values()].map((row) => {
    const configured = variable(row.folderVariable) || settings.all[row.folderSetting];
    const path = typeof configured === "string" && configured !== ""
      ? (isAbsolute(configured) ? resolve(configured) : resolve(root, configured))
      : join(root, "extensions", row.folder);
    return { path, folder: row.folder, bundleFolder: row.bundleFolder };
  });
}
