/**
 * Sidecars: what the catalog knows of a batch of bundles, kept beside the bundles, so that a lost
 * catalog is made again without importing or bundling anything.
 *
 * @module
 */
import { basename, dirname, join } from "@std/path";
import type { BatchDamage } from "../../domain/extensions/extension_health.ts";
import type { SourceState } from "../persistence/extension_catalog_rows.ts";
import { CATALOG_LAYOUT } from "../persistence/extension_catalog_schema.ts";
import { MISSING, statOf } from "./file_stat.ts";
import type { IndexedContribution } from "./index_protocol.ts";
import type { BuiltLibrary, LendingBatch } from "./libraries.ts";
import type { SourceKey } from "./source_key.ts";

/** One source of a batch as it was built. */
export interface BuiltSource {
  readonly key: SourceKey;
  /** The project configuration that governs it, or empty. */
  readonly configuration: SourceKey;
  /** Hash of its content. */
  readonly hash: string;
  /** Everything that it imports locally, transitively, with hashes. */
  readonly imports: readonly { readonly key: SourceKey; readonly hash: string }[];
  readonly state: SourceState;
  /** Bundle relative to the batch folder; empty if the state is `helper` or it cannot be imported. */
  readonly bundle: string;
  readonly error: string;
  readonly transient: boolean;
  readonly claims: string;
  readonly contributions: readonly IndexedContribution[];
}

/** What a batch folder is made of. */
export interface BatchContent {
  readonly sources: readonly BuiltSource[];
  /** What later batches may import from it. */
  readonly libraries: readonly BuiltLibrary[];
  /** Absolute paths of the batch folders, beside it, that its own code is imported from. */
  readonly requires: readonly string[];
}

/** A source as the sidecar has it: each descriptor is a line of another file. */
export type StoredSource = Omit<BuiltSource, "contributions"> & {
  readonly contributions: readonly (Omit<IndexedContribution, "descriptor"> & {
    readonly line: number;
  })[];
};

interface Sidecar {
  readonly layout: string;
  /** Size in bytes of every other file of the batch, by its path in the folder. */
  readonly files: Readonly<Record<string, number>>;
  readonly sources: readonly StoredSource[];
  readonly libraries: readonly BuiltLibrary[];
  /** Names of batch folders. */
  readonly requires: readonly string[];
}

const SIDECAR_FILE = "_sources.json";

/** One descriptor a line; read only when a catalog has to be made again. */
const DESCRIPTORS_FILE = "_descriptors.jsonl";

/** Writes the sidecar of a batch folder. */
export function writeSidecar(
  folder: string,
  { sources, libraries, requires }: BatchContent,
): void {
  const descriptors: string[] = [];
  const stored = sources.map((source) => ({
    ...source,
    contributions: source.contributions.map(({ descriptor, ...rest }) => ({
      ...rest,
      line: descriptors.push(descriptor) - 1,
    })),
  }));
  Deno.writeTextFileSync(join(folder, DESCRIPTORS_FILE), descriptors.join("\n"));
  const files = Object.fromEntries(
    [...filesIn(folder)].map((path) => [path, Deno.statSync(join(folder, path)).size]),
  );
  const sidecar: Sidecar = {
    ...{ layout: CATALOG_LAYOUT, files, sources: stored, libraries },
    requires: requires.map((required) => basename(required)),
  };
  Deno.writeTextFileSync(join(folder, SIDECAR_FILE), JSON.stringify(sidecar));
}

/** A batch folder on disk. */
export class StoredBatch implements LendingBatch {
  #descriptors: string[] | undefined;
  readonly sources: readonly StoredSource[];
  readonly libraries: readonly BuiltLibrary[];
  readonly requires: readonly string[];

  constructor(
    /** Absolute path. */
    readonly folder: string,
    { sources, libraries, requires }: Sidecar,
  ) {
    this.sources = sources;
    this.libraries = libraries;
    this.requires = requires.map((name) => join(dirname(folder), name));
  }

  /** A source of the batch with its descriptors. */
  built(source: StoredSource): BuiltSource {
    const descriptors = this.#descriptors ??= Deno.readTextFileSync(
      join(this.folder, DESCRIPTORS_FILE),
    ).split("\n");
    return {
      ...source,
      contributions: source.contributions.map(({ line, ...rest }) => ({
        ...rest,
        descriptor: descriptors[line]!,
      })),
    };
  }
}

/** Every file in a batch folder but the sidecar, relative to it. */
export function* filesIn(folder: string, prefix = ""): Iterable<string> {
  for (const entry of Deno.readDirSync(join(folder, prefix))) {
    const path = join(prefix, entry.name);
    if (entry.isDirectory) yield* filesIn(folder, path);
    else if (path !== SIDECAR_FILE) yield path;
  }
}

/**
 * Every batch folder whose sidecar can be used and whose files are all there, as are those of the
 * batches that it requires.
 */
export function readBatches(bundleFolder: string): StoredBatch[] {
  const whole = new Map(
    batchFolders(bundleFolder).flatMap((folder): [string, StoredBatch][] => {
      const sidecar = readSidecar(folder);
      return sidecar === undefined ? [] : [[folder, new StoredBatch(folder, sidecar)]];
    }),
  );
  return [...whole.values()].filter(({ requires }) => requires.every((path) => whole.has(path)));
}

/** Every batch folder, finished ones only. */
export function batchFolders(bundleFolder: string): string[] {
  try {
    return [...Deno.readDirSync(bundleFolder)]
      .filter((entry) => entry.isDirectory && !entry.name.startsWith("."))
      .map((entry) => join(bundleFolder, entry.name))
      .sort();
  } catch {
    return [];
  }
}

function readSidecar(folder: string): Sidecar | undefined {
  const sidecar = parseSidecar(folder);
  if (sidecar === undefined) return undefined;
  const complete = Object.entries(sidecar.files)
    .every(([path, size]) => statOf(join(folder, path)).size === size);
  return complete ? sidecar : undefined;
}

/** What makes a batch folder unusable: files that are not as they were built. */
export function batchDamage(folder: string): BatchDamage[] {
  if (statOf(folder) === MISSING) return [{ file: "", problem: "is missing" }];
  const sidecar = parseSidecar(folder);
  if (sidecar === undefined) return [{ file: SIDECAR_FILE, problem: "cannot be read" }];
  return Object.entries(sidecar.files).flatMap(([file, size]) => {
    const found = statOf(join(folder, file)).size;
    if (found === size) return [];
    const problem = found < 0 ? "is missing" : `has ${found} bytes instead of ${size}`;
    return [{ file, problem }];
  });
}

/** The sidecar of a batch folder, `undefined` if it is not one of this version of swamp. */
function parseSidecar(folder: string): Sidecar | undefined {
  try {
    const sidecar = JSON.parse(
      Deno.readTextFileSync(join(folder, SIDECAR_FILE)),
    ) as Partial<Sidecar> | null;
    const isWhole = sidecar?.layout === CATALOG_LAYOUT && sidecar.files !== undefined &&
      sidecar.sources !== undefined && sidecar.libraries !== undefined &&
      sidecar.requires !== undefined;
    return isWhole ? sidecar as Sidecar : undefined;
  } catch {
    return undefined;
  }
}
