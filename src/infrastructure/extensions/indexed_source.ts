import { join } from "@std/path";
import type { IndexedSource } from "../persistence/extension_catalog_rows.ts";
import type { DiscoveredFile } from "./discover.ts";
import type { LendingBatch } from "./libraries.ts";
import type { BuiltSource } from "./sidecar.ts";
import { type SourceKey, sourceKey } from "./source_key.ts";

/** Key of the project configuration that governs a file, or empty. */
export function configurationKey(repositoryRoot: string, file: DiscoveredFile): SourceKey {
  return file.configuration === "" ? "" : sourceKey(repositoryRoot, file.configuration);
}

/**
 * A source as the catalog has it.
 *
 * @param batch the one that it was built in
 */
export function indexedSource(
  repositoryRoot: string,
  file: DiscoveredFile,
  source: BuiltSource,
  batch: Pick<LendingBatch, "folder" | "requires">,
): IndexedSource {
  const { key, state, bundle, error, transient, claims } = source;
  return {
    source: {
      sourcePath: key,
      rank: file.rank,
      folder: file.root.folder,
      package: file.package,
      configuration: configurationKey(repositoryRoot, file),
      state,
      batch: sourceKey(repositoryRoot, batch.folder),
      bundlePath: bundle === "" ? "" : sourceKey(repositoryRoot, join(batch.folder, bundle)),
      error,
      transient,
      claims,
    },
    requires: batch.requires.map((folder) => sourceKey(repositoryRoot, folder)),
    imports: source.imports.map((imported) => imported.key),
    types: source.contributions.map((contribution) => ({ sourcePath: key, ...contribution })),
  };
}
