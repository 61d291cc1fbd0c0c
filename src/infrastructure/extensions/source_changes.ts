import type { PendingChange } from "../../domain/extensions/extension_health.ts";
import type { PackageRow, TrackedFile } from "../persistence/extension_catalog_rows.ts";
import type { CatalogContent } from "./catalog_look.ts";
import type { DiscoveredFile } from "./discover.ts";
import { statOf, statText } from "./file_stat.ts";
import { FileTable } from "./file_table.ts";
import { unchangedUnits } from "./reusable_sources.ts";
import { type SourceKey, sourceKey, sourcePath } from "./source_key.ts";

/** How the disk differs from what a catalog says. */
export interface SourceChanges {
  /** Sorted by source. */
  readonly pending: readonly PendingChange[];
  /** Number of files whose content was read and compared on request. */
  readonly verified: number;
}

/** Every source that there is. */
export interface SourcesOnDisk {
  readonly files: readonly DiscoveredFile[];
  /** Installed packages as they are now. */
  readonly packages: readonly PackageRow[];
}

/**
 * Compares every source and everything it imports with what the catalog knows; those of an installed
 * package as a unit, as refreshes do.
 *
 * @param verify whether stat data is not to be trusted
 */
export async function sourceChanges(
  repositoryRoot: string,
  found: SourcesOnDisk,
  content: CatalogContent,
  verify: boolean,
): Promise<SourceChanges> {
  const units = unchangedUnits(content.packages, found.packages);
  const known = new Map(content.files.map((file) => [file.path, file]));
  const files = new FileTable(repositoryRoot, verify ? [] : content.files);
  const present = new Map(found.files.map((file) => [file.key, file]));
  const rows = new Map(content.sources.map((row) => [row.sourcePath, row]));
  const pending: PendingChange[] = [];
  for (const source of new Set([...present.keys(), ...rows.keys()])) {
    const [file, row] = [present.get(source), rows.get(source)];
    if (row === undefined) pending.push({ source, change: "new", cause: "", isHidden: false });
    else if (file === undefined) {
      pending.push({ source, change: "gone", cause: "", isHidden: false });
    } else {
      const cause = settingChange(repositoryRoot, file, row) ??
        (file.package === ""
          ? await changedFile([source, ...row.imports], known, files)
          : changedPackage(file, row, units));
      if (cause === undefined) continue;
      const isHidden = statVouchesFor(repositoryRoot, known.get(cause));
      pending.push({ source, change: "changed", cause, isHidden });
    }
  }
  pending.sort((a, b) => a.source < b.source ? -1 : 1);
  return { pending, verified: verify ? (await files.tracked()).length : 0 };
}

/** Why a package is not what it was, `undefined` if it is. */
function changedPackage(
  file: DiscoveredFile,
  row: CatalogContent["sources"][number],
  units: ReadonlySet<string>,
): string | undefined {
  if (row.package !== file.package) return "the package that it belongs to";
  return units.has(file.package) ? undefined : file.package;
}

/** What of the settings that govern a source is not what it was. */
function settingChange(
  repositoryRoot: string,
  { root, rank, configuration }: DiscoveredFile,
  row: CatalogContent["sources"][number],
): string | undefined {
  if (row.folder !== root.folder || row.rank !== rank) return "its place among the source folders";
  const governing = configuration === "" ? "" : sourceKey(repositoryRoot, configuration);
  return governing === row.configuration ? undefined : "the project configuration that governs it";
}

async function changedFile(
  keys: readonly SourceKey[],
  known: ReadonlyMap<SourceKey, TrackedFile>,
  files: FileTable,
): Promise<SourceKey | undefined> {
  for (const key of keys) {
    if ((await files.look(key)).hash !== known.get(key)?.hash) return key;
  }
  return undefined;
}

/** Whether commands take a file for unchanged without reading it. */
function statVouchesFor(repositoryRoot: string, file: TrackedFile | undefined): boolean {
  return file !== undefined &&
    file.stat === statText(statOf(sourcePath(repositoryRoot, file.path)));
}
