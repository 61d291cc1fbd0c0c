/**
 * Sidecars: what the catalog knows of a batch of bundles, kept beside the bundles, so that a lost
 * catalog is made again without importing or bundling anything.
 *
 * @module
 */
import { join } from "@std/path";
import type { Contribution } from "../../domain/extensions/shapes/mod.ts";
import type { SourceState } from "../persistence/extension_catalog_rows.ts";
import { CATALOG_LAYOUT } from "../persistence/extension_catalog_schema.ts";
import { statOf } from "./file_stat.ts";
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
  /** Bundle relative to the batch folder; empty unless the state is `ok`. */
  readonly bundle: string;
  readonly error: string;
  readonly transient: boolean;
  readonly claims: string;
  readonly contributions: readonly Contribution[];
}

interface Sidecar {
  readonly layout: string;
  /** Size in bytes of every other file of the batch, by its path in the folder. */
  readonly files: Readonly<Record<string, number>>;
  readonly sources: readonly BuiltSource[];
}

const SIDECAR_FILE = "_sources.json";

/** Writes the sidecar of a batch folder. */
export function writeSidecar(folder: string, sources: readonly BuiltSource[]): void {
  const files = Object.fromEntries(
    [...filesIn(folder)].map((path) => [path, Deno.statSync(join(folder, path)).size]),
  );
  const sidecar: Sidecar = { layout: CATALOG_LAYOUT, files, sources };
  Deno.writeTextFileSync(join(folder, SIDECAR_FILE), JSON.stringify(sidecar));
}

/** A batch folder on disk. */
export interface StoredBatch {
  /** Absolute path. */
  readonly folder: string;
  readonly sources: readonly BuiltSource[];
}

/** Every file in a batch folder but the sidecar, relative to it. */
export function* filesIn(folder: string, prefix = ""): Iterable<string> {
  for (const entry of Deno.readDirSync(join(folder, prefix))) {
    const path = join(prefix, entry.name);
    if (entry.isDirectory) yield* filesIn(folder, path);
    else if (path !== SIDECAR_FILE) yield path;
  }
}

/** Every batch folder whose sidecar can be used and whose files are all there. */
export function readBatches(bundleFolder: string): StoredBatch[] {
  return batchFolders(bundleFolder).flatMap((folder) => {
    const sources = readSidecar(folder);
    return sources === undefined ? [] : [{ folder, sources }];
  });
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

function readSidecar(folder: string): readonly BuiltSource[] | undefined {
  try {
    const sidecar = JSON.parse(Deno.readTextFileSync(join(folder, SIDECAR_FILE))) as Sidecar;
    if (sidecar.layout !== CATALOG_LAYOUT) return undefined;
    const complete = Object.entries(sidecar.files)
      .every(([path, size]) => statOf(join(folder, path)).size === size);
    return complete ? sidecar.sources : undefined;
  } catch {
    return undefined;
  }
}
