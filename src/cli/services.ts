import type { Datastore } from "../domain/datastores/datastore.ts";
import type { DatastoreSettings } from "../domain/datastores/datastore_choice.ts";
import type { FolderMigration } from "../domain/datastores/folder_migration.ts";
import type { DataCatalog } from "../domain/data/data_catalog.ts";
import type { DataStore } from "../domain/data/data_store.ts";
import type { WorkflowRunState } from "../domain/data/expiry.ts";
import type { DriverHost } from "../domain/drivers/driver_host.ts";
import type { ExtensionHealth } from "../domain/extensions/extension_health.ts";
import type { DefinitionStore } from "../domain/models/definition_store.ts";
import type { ProviderTypes } from "../domain/extensions/provider_types.ts";
import type { ProviderKind } from "../domain/extensions/shapes/provider_shape.ts";
import type { ModelTypes } from "../domain/models/model_types.ts";
import type { RunHistory } from "../domain/models/run_history.ts";
import type { RunStore } from "../domain/models/run_record.ts";
import type { Locks } from "../domain/repository/locks.ts";
import type { Repository } from "../domain/repository/repository.ts";
import type { RepositoryFolder } from "../domain/repository/repository_folder.ts";
import type { VaultService } from "../domain/vaults/vault_service.ts";
import type { VaultStore } from "../domain/vaults/vault_store.ts";

export type { Repository };

/** Everything that commands may need; each part is built, and its module loaded, when asked for. */
export interface Services {
  /**
   * The repository.
   *
   * @throws {UserError} `not_a_repository` outside one.
   */
  repository(): Promise<Repository>;
  /** The repository, or `undefined` outside one. Throws when `.swamp.yaml` is damaged. */
  repositoryIfAny(): Promise<Repository | undefined>;
  /**
   * The model types, refreshed against the disk.
   *
   * @param onlyType a normalised type, when the command needs just this one: sources that cannot
   * change its meaning then need not be looked at.
   */
  modelTypes(onlyType?: string): Promise<ModelTypes>;
  /** The vault, driver, datastore or report types, refreshed against the disk. */
  providerTypes(kind: ProviderKind): Promise<ProviderTypes>;
  /** The state of the repository's extensions, for who wants to see or to repair it. */
  extensionHealth(): Promise<ExtensionHealth>;
  /** The configured vaults. */
  vaults(): Promise<VaultStore>;
  /** The secrets in them. */
  vaultService(): Promise<VaultService>;
  /** What reads the names of all configured vaults without waiting, when it is called. */
  vaultNames(): Promise<() => readonly string[]>;
  definitions(): Promise<DefinitionStore>;
  /** The same without warnings, for a command whose document says which files cannot be read. */
  definitionsUnreported(): Promise<DefinitionStore>;
  /** What built-in drivers use of the machine. */
  driverHost(): Promise<DriverHost>;
  /** The code of a normalised model type as one module, for methods that run elsewhere. */
  methodBundle(type: string): Promise<Uint8Array>;
  data(): Promise<DataStore>;
  /** What finds data without reading all metadata; whoever asks for it disposes of it. */
  dataCatalog(): Promise<DataCatalog>;
  runs(): Promise<RunStore>;
  /** The runs that left a record, of whatever model. */
  runHistory(): Promise<RunHistory>;
  /** What has become of the run of a workflow with a certain id. */
  workflowRunStates(): Promise<(runId: string) => WorkflowRunState>;
  locks(): Promise<Locks>;
  /** Where the repository keeps what its commands write, whatever state that is in. */
  datastore(): Promise<Datastore>;
  /** The datastore that other settings would mean; nothing is changed. */
  otherDatastore(settings: DatastoreSettings): Promise<Datastore>;
  /** What brings data from one datastore to another. */
  folderMigration(): Promise<FolderMigration>;
  /** A directory that is to become a repository, or to be upgraded; `root` is absolute. */
  repositoryFolder(root: string): Promise<RepositoryFolder>;
  /** Absolute directory in which swamp was started. */
  readonly workingDirectory: string;
}
