import { join } from "@std/path";
import type { IndexedSource } from "../persistence/extension_catalog_rows.ts";
import type { DiscoveredFile } from "./discover.ts";
import type { BuiltSource } from "./sidecar.ts";
import { type SourceKey, sourceKey } from "./source_key.ts";

/** Key of the project configuration that governs a file, or empty. */
export function configurationKey(repositoryRoot: string, file: DiscoveredFile): SourceKey {
  return file.configuration === "" ? "" : sourceKey(repositoryRoot, file.configuration);
}

/**
 * A source as the catalog has it.
 *
 * @param batchFolder absolute path of the batch that it was built in
 */
export function indexedSource(
  repositoryRoot: string,
  file: DiscoveredFile,
  source: BuiltSource,
  batchFolder: string,
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
      batch: sourceKey(repositoryRoot, batchFolder),
      bundlePath: bundle === "" ? "" : sourceKey(repositoryRoot, join(batchFolder, bundle)),
      error,
      transient,
      claims,
    },
    imports: source.imports.map((imported) => imported.key),
    types: source.contributions.map((contribution) => ({ sourcePath: key, ...contribution })),
  };
}
