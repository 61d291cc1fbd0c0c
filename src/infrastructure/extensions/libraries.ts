/**
 * Libraries: local modules that sources import and that bring npm packages along, such as one file
 * that wraps the SDK of a cloud. Bundling and evaluating the packages is most of what building such a
 * source costs, so a batch keeps its libraries importable, and later batches import them from there.
 *
 * @module
 */
import { basename, join } from "@std/path";
import type { DenoProject } from "./deno_command.ts";
import type { FileTable } from "./file_table.ts";
import type { ModuleGraphs } from "./module_graph.ts";
import { realPath, type SourceKey, sourceKey, sourcePath } from "./source_key.ts";

/** A library as it was built. */
export interface BuiltLibrary {
  readonly key: SourceKey;
  /** The project configuration that governed the batch, or empty. */
  readonly configuration: SourceKey;
  /** Hash of its content. */
  readonly hash: string;
  /** Everything that it imports locally, transitively, with hashes. */
  readonly imports: readonly { readonly key: SourceKey; readonly hash: string }[];
  /** The module to import, relative to the batch folder. */
  readonly module: string;
}

/** A batch as others see it that may use its libraries. */
export interface LendingBatch {
  /** Absolute path. */
  readonly folder: string;
  readonly libraries: readonly BuiltLibrary[];
  /** Absolute paths of the batch folders that its own code is imported from. */
  readonly requires: readonly string[];
}

/** Libraries of an earlier batch that a new one imports instead of bundling them again. */
export interface BorrowedLibraries {
  /** Absolute path of a library's source → its name in {@linkcode batch}. */
  readonly modules: ReadonlyMap<string, string>;
  readonly batch: LendingBatch;
}

/** What choosing libraries needs. */
export interface LibrarySettings {
  readonly repositoryRoot: string;
  readonly files: FileTable;
}

/** What borrowing needs. */
export interface BorrowSettings extends LibrarySettings {
  /** Batches of the same bundle folder, the preferred ones first. */
  readonly lenders: readonly LendingBatch[];
}

/**
 * The local modules that a batch is to keep importable.
 *
 * @param entries absolute paths of the sources that are bundled
 * @returns absolute paths
 */
export function ownLibraries(
  { configuration }: DenoProject,
  graphs: ModuleGraphs,
  entries: readonly string[],
  borrowed: BorrowedLibraries | undefined,
): string[] {
  // What is in node_modules is not told of by the module graph.
  if (basename(configuration) === "package.json") return [];
  const imported = new Set(entries.flatMap((entry) => graphs.graphOf(entry).direct));
  const taken = new Set(entries.map(realPath));
  return [...imported].sort().filter((path) => {
    if (!isPlainSource(path) || borrowed?.modules.has(path) || !bringsPackages(graphs, path)) {
      return false;
    }
    const isNew = !taken.has(realPath(path));
    taken.add(realPath(path));
    return isNew;
  });
}

/** Whether its name tells the name of a module's bundle, and can be given to the bundler. */
function isPlainSource(path: string): boolean {
  return path.endsWith(".ts") && !path.endsWith(".d.ts") && !/[*,]/.test(realPath(path));
}

function bringsPackages(graphs: ModuleGraphs, path: string): boolean {
  return [...graphs.reach([path])].some((name) => !name.startsWith("file:"));
}

/**
 * Finds an earlier batch whose libraries can stand for those of sources that are about to be bundled.
 *
 * No module may exist twice, once in the library and once in the new bundle: classes and state would
 * not be the same. So a batch is of no use when anything that its libraries bring along is also
 * imported in another way.
 *
 * @param entries absolute paths of the sources
 */
export async function borrowLibraries(
  settings: BorrowSettings,
  { configuration }: DenoProject,
  graphs: ModuleGraphs,
  entries: readonly string[],
): Promise<BorrowedLibraries | undefined> {
  const { repositoryRoot, lenders } = settings;
  const governing = configuration && sourceKey(repositoryRoot, configuration);
  const imported = new Set(entries.flatMap((entry) => graphs.graphOf(entry).imports));
  for (const batch of lenders) {
    const modules = new Map<string, string>();
    for (const library of batch.libraries) {
      const path = sourcePath(repositoryRoot, library.key);
      if (!imported.has(path) || library.configuration !== governing) continue;
      if (await fits(settings, library)) modules.set(path, library.module);
    }
    if (modules.size > 0 && areApart(graphs, entries, modules)) return { modules, batch };
  }
  return undefined;
}

/** Modules that the bundler is to leave out, as it names them → absolute path of what stands for them. */
export function lentModules(borrowed: BorrowedLibraries | undefined): Map<string, string> {
  if (borrowed === undefined) return new Map();
  const { modules, batch } = borrowed;
  return new Map(
    [...modules].map(([path, module]) => [realPath(path), join(batch.folder, module)]),
  );
}

/** Whether a library was built from what it and its imports are now. */
async function fits({ files }: LibrarySettings, library: BuiltLibrary): Promise<boolean> {
  for (const { key, hash } of [library, ...library.imports]) {
    if ((await files.look(key)).hash !== hash) return false;
  }
  return true;
}

function areApart(
  graphs: ModuleGraphs,
  entries: readonly string[],
  libraries: ReadonlyMap<string, string>,
): boolean {
  const rest = graphs.reach(entries, new Set(libraries.keys()));
  return graphs.reach(libraries.keys()).isDisjointFrom(rest);
}
