import { join } from "@std/path";

/** Where everything of a repository is on disk (contract: cli-core 12.1). All paths are absolute. */
export interface RepositoryLayout {
  readonly root: string;
  /** `.swamp.yaml`. */
  readonly marker: string;
  /** Definitions. */
  readonly models: string;
  readonly workflows: string;
  readonly vaults: string;
  /** `.swamp`. */
  readonly internal: string;
  readonly data: string;
  readonly outputs: string;
  readonly evaluatedDefinitions: string;
  /** What vaults of the type `local_encryption` keep. */
  readonly secrets: string;
  readonly extensionCatalog: string;
  readonly globalLock: string;
}

/** The layout of the repository whose root is `root`, an absolute path. */
export function repositoryLayout(root: string): RepositoryLayout {
  const internal = join(root, ".swamp");
  return {
    root,
    marker: join(root, ".swamp.yaml"),
    models: join(root, "models"),
    workflows: join(root, "workflows"),
    vaults: join(root, "vaults"),
    internal,
    data: join(internal, "data"),
    outputs: join(internal, "outputs"),
    evaluatedDefinitions: join(internal, "definitions-evaluated"),
    secrets: join(internal, "secrets"),
    extensionCatalog: join(internal, "_extension_catalog.db"),
    globalLock: join(internal, ".datastore.lock"),
  };
}
