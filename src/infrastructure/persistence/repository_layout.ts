import { join } from "@std/path";
import {
  DATASTORE_FOLDERS,
  type DatastoreFolder,
  type DatastorePlace,
} from "../../domain/datastores/datastore_folders.ts";

/** Where everything of a repository is on disk (contract: cli-core 12.1). All paths are absolute. */
export interface RepositoryLayout {
  readonly root: string;
  /** `.swamp.yaml`. */
  readonly marker: string;
  /** Definitions. */
  readonly models: string;
  readonly workflows: string;
  readonly vaults: string;
  /** `.swamp`: what is compiled and indexed, and never leaves this machine. */
  readonly internal: string;
  readonly extensionCatalog: string;
  /** The index of the data, which is no part of them. */
  readonly dataCatalog: string;

  // What the datastore keeps, see DATASTORE_FOLDERS.
  readonly data: string;
  readonly outputs: string;
  readonly evaluatedDefinitions: string;
  readonly evaluatedWorkflows: string;
  readonly workflowRuns: string;
  /** What vaults of the type `local_encryption` keep. */
  readonly secrets: string;
  readonly audit: string;
  readonly telemetry: string;
  readonly logs: string;
  readonly files: string;
  readonly globalLock: string;
}

/** The place of a repository without a datastore elsewhere: its own `.swamp`. */
export function localPlace(root: string): DatastorePlace {
  return { path: join(root, ".swamp"), folders: DATASTORE_FOLDERS };
}

/** Where a folder is that datastores keep: in `place`, or in `.swamp` if it does not belong there. */
export function folderOf(root: string, place: DatastorePlace, folder: DatastoreFolder): string {
  return join(place.folders.includes(folder) ? place.path : localPlace(root).path, folder);
}

/**
 * The layout of a repository.
 *
 * @param root absolute path.
 * @param place where what its commands write is, {@linkcode localPlace} for one without a datastore.
 */
export function repositoryLayout(root: string, place: DatastorePlace): RepositoryLayout {
  const internal = localPlace(root).path;
  const data = folderOf(root, place, "data");
  return {
    root,
    marker: join(root, ".swamp.yaml"),
    models: join(root, "models"),
    workflows: join(root, "workflows"),
    vaults: join(root, "vaults"),
    internal,
    extensionCatalog: join(internal, "_extension_catalog.db"),
    dataCatalog: dataCatalogOf(internal, data),
    data,
    outputs: folderOf(root, place, "outputs"),
    evaluatedDefinitions: folderOf(root, place, "definitions-evaluated"),
    evaluatedWorkflows: folderOf(root, place, "workflows-evaluated"),
    workflowRuns: folderOf(root, place, "workflow-runs"),
    secrets: folderOf(root, place, "secrets"),
    audit: folderOf(root, place, "audit"),
    telemetry: folderOf(root, place, "telemetry"),
    logs: folderOf(root, place, "logs"),
    files: folderOf(root, place, "files"),
    globalLock: join(place.path, ".datastore.lock"),
  };
}

/**
 * SQLite must not lie on a disk that several machines share, nor travel with a synchronised folder. So
 * the index of data that are elsewhere stays here, under a name that tells which data it is about.
 */
function dataCatalogOf(internal: string, data: string): string {
  if (data === join(internal, "data")) return join(data, "_catalog.db");
  return join(internal, `_data_catalog-${shortHash(data)}.db`);
}

/** FNV-1a, 32 bits, as eight hexadecimal digits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
