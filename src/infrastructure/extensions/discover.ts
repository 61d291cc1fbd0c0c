import { join } from "@std/path";
import { type FileStat, MISSING, statOf } from "./file_stat.ts";
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
  readonly stat: FileStat;
}

/** Everything that a walk over the source folders saw. */
export interface Discovery {
  readonly files: readonly DiscoveredFile[];
  /** Stat of each folder walked, roots that do not exist included. */
  readonly folders: ReadonlyMap<SourceKey, FileStat>;
}

/**
 * Walks the source folders for TypeScript files (contract: extensions 1.2 with its improvements):
 * `*.ts` at any depth, but no `*.d.ts`, no tests, nothing hidden, no `node_modules`, no folder whose
 * name starts with `_`. Symlinks are followed when they stay inside the repository.
 *
 * @param repositoryRoot absolute path
 */
export function discover(repositoryRoot: string, roots: readonly SourceRoot[]): Discovery {
  const files: DiscoveredFile[] = [];
  const folders = new Map<SourceKey, FileStat>();
  const visited = new Set<string>();

  const walk = (folder: string, root: SourceRoot, rank: number): void => {
    const key = sourceKey(repositoryRoot, folder);
    const stat = statOf(folder);
    folders.set(key, stat);
    if (stat === MISSING) return;
    const identity = realPath(folder);
    if (visited.has(`${rank}:${identity}`)) return;
    visited.add(`${rank}:${identity}`);
    for (const entry of listFolder(folder)) {
      const path = join(folder, entry.name);
      const kind = entry.isSymlink ? linkKind(repositoryRoot, path) : kindOf(entry);
      if (kind === "folder" && isSourceFolder(entry.name)) walk(path, root, rank);
      if (kind === "file" && isSourceFile(entry.name)) {
        files.push({ key: sourceKey(repositoryRoot, path), path, root, rank, stat: statOf(path) });
      }
    }
  };

  roots.forEach((root, rank) => walk(root.path, root, rank));
  return { files, folders };
}

/** Whether the name is that of an extension source rather than of a test or of types. */
export function isSourceFile(name: string): boolean {
  return name.endsWith(".ts") && !name.startsWith(".") && !name.endsWith(".d.ts") &&
    !name.endsWith("_test.ts") && !name.endsWith(".test.ts");
}

function isSourceFolder(name: string): boolean {
  return !name.startsWith("_") && !name.startsWith(".") && name !== "node_modules";
}

function kindOf(entry: { isFile: boolean; isDirectory: boolean }): "file" | "folder" | "other" {
  return entry.isFile ? "file" : entry.isDirectory ? "folder" : "other";
}

/** What a symlink leads to, `other` when it leaves the repository or leads nowhere. */
function linkKind(repositoryRoot: string, path: string): "file" | "folder" | "other" {
  const target = realPath(path);
  if (target === undefined) return "other";
  const inside = !sourceKey(realPath(repositoryRoot) ?? repositoryRoot, target).startsWith("/");
  return inside ? kindOf(Deno.statSync(path)) : "other";
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
