import { dirname, isAbsolute, join } from "@std/path";
import { MANIFEST_FILE } from "../../domain/extensions/package_layout.ts";
import { type FileStat, statOf } from "./file_stat.ts";
import { type SourceKey, sourceKey } from "./source_key.ts";
import type { SourceRoot } from "./source_roots.ts";

/** A TypeScript file in a source folder; whether it exports anything is not known yet. */
export interface DiscoveredFile {
  readonly key: SourceKey;
  /** Absolute path. */
  readonly path: string;
  readonly root: SourceRoot;
  /** Position of its root in the order of precedence. */
  readonly rank: number;
  /** Absolute path of the project configuration that governs it, empty if there is none. */
  readonly configuration: string;
  /** Name of the installed package that it belongs to, empty for a file of the user's own. */
  readonly package: string;
  /** Absolute path of the bundle that its package ships for it. */
  readonly shipped?: string;
}

/** Everything that a walk over the source folders saw. */
export interface Discovery {
  readonly files: readonly DiscoveredFile[];
  /**
   * Stat of each folder that was looked into, roots that do not exist included, and of the folders
   * between a root and the repository, where a project configuration may lie.
   */
  readonly folders: ReadonlyMap<SourceKey, FileStat>;
  /** The `manifest.yaml` of every folder among them that has one. */
  readonly manifests: readonly SourceKey[];
}

/**
 * Walks the source folders for TypeScript files (contract: extensions 1.2 with its improvements):
 * `*.ts` at any depth, but no `*.d.ts`, no tests, nothing hidden, no `node_modules`, no folder whose
 * name starts with `_`. Symlinks are followed when they stay inside the repository.
 *
 * @param repositoryRoot absolute path
 */
export function discover(repositoryRoot: string, roots: readonly SourceRoot[]): Discovery {
  const files = new Map<SourceKey, DiscoveredFile>();
  const folders = new Map<SourceKey, FileStat>();
  const manifests = new Set<SourceKey>();
  const visited = new Set<string>();

  const add = (file: Omit<DiscoveredFile, "key">): void => {
    const key = sourceKey(repositoryRoot, file.path);
    if (!files.has(key)) files.set(key, { key, ...file });
  };
  const look = (folder: string): Deno.DirEntry[] => {
    folders.set(sourceKey(repositoryRoot, folder), statOf(folder));
    const entries = listFolder(folder);
    if (entries.some(({ name }) => name === MANIFEST_FILE)) {
      manifests.add(sourceKey(repositoryRoot, join(folder, MANIFEST_FILE)));
    }
    return entries;
  };
  const walk = (folder: string, root: SourceRoot, rank: number, above: Configurations): void => {
    const entries = look(folder);
    const identity = `${rank}:${realPath(folder)}`;
    if (visited.has(identity)) return;
    visited.add(identity);
    const governing = configurationsIn(folder, entries, above);
    const configuration = governing.deno ?? governing.node ?? "";
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const kind = entry.isSymlink ? linkKind([repositoryRoot, root.path], path) : kindOf(entry);
      if (kind === "folder" && isSourceFolder(entry.name)) walk(path, root, rank, governing);
      if (kind === "file" && isSourceFile(entry.name)) {
        add({ path, root, rank, configuration, package: "" });
      }
    }
  };

  roots.forEach((root, rank) => {
    const above = foldersBetween(root.base, root.path).reduce<Configurations>(
      (found, folder) => configurationsIn(folder, look(folder), found),
      {},
    );
    walk(root.path, root, rank, above);
  });
  return { files: [...files.values()], folders, manifests: [...manifests] };
}

/** The nearest configuration of each kind on the way up from a folder. */
interface Configurations {
  readonly deno?: string;
  readonly node?: string;
}

/** The configurations that govern a folder: its own, or what governs the folder above. */
function configurationsIn(
  folder: string,
  entries: readonly Deno.DirEntry[],
  above: Configurations,
): Configurations {
  const own = (...names: string[]) => entries.find(({ name }) => names.includes(name))?.name;
  const deno = own("deno.json", "deno.jsonc");
  const node = own("package.json");
  return {
    ...above,
    ...(deno === undefined ? {} : { deno: join(folder, deno) }),
    ...(node === undefined ? {} : { node: join(folder, node) }),
  };
}

/** A folder and the folders below it on the way to `folder`, which is not among them. */
function foldersBetween(base: string, folder: string): string[] {
  const parent = dirname(folder);
  if (folder === base || parent === folder || !isInside(base, folder)) return [];
  return [...foldersBetween(base, parent), parent];
}

/** Whether the name is that of an extension source rather than of a test or of types. */
function isSourceFile(name: string): boolean {
  return name.endsWith(".ts") && !name.startsWith(".") && !name.endsWith(".d.ts") &&
    !name.endsWith("_test.ts") && !name.endsWith(".test.ts");
}

function isSourceFolder(name: string): boolean {
  return !name.startsWith("_") && !name.startsWith(".") && name !== "node_modules";
}

function kindOf(entry: { isFile: boolean; isDirectory: boolean }): "file" | "folder" | "other" {
  return entry.isFile ? "file" : entry.isDirectory ? "folder" : "other";
}

/** What a symlink leads to, `other` when it leaves the folders given or leads nowhere. */
function linkKind(folders: readonly string[], path: string): "file" | "folder" | "other" {
  const target = realPath(path);
  if (target === undefined) return "other";
  const inside = folders.some((folder) => isInside(realPath(folder) ?? folder, target));
  return inside ? kindOf(Deno.statSync(path)) : "other";
}

function isInside(repositoryRoot: string, path: string): boolean {
  return !isAbsolute(sourceKey(repositoryRoot, path));
}

function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined;
  }
}

function listFolder(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  } catch {
    return [];
  }
}
