import { resolve } from "@std/path";
import type { Datastore } from "../../domain/datastores/datastore.ts";
import type { DatastoreChoice } from "../../domain/datastores/datastore_choice.ts";
import { chosenFolders, type DatastorePlace } from "../../domain/datastores/datastore_folders.ts";
import { UserError } from "../../domain/errors.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { type ExtensionDatastoreOptions, openExtensionDatastore } from "./extension_datastore.ts";
import { filesystemDatastore } from "./filesystem_datastore.ts";
import { folderObstacle } from "./local_datastore_host.ts";

/** What {@linkcode openDatastore} works with. */
export interface OpenDatastoreOptions extends Omit<ExtensionDatastoreOptions, "folders"> {
  /** Takes one line for the user. */
  readonly warn: (message: string) => void;
  /** The locks of a filesystem datastore. */
  readonly fileLocks: (place: DatastorePlace) => Promise<Locks>;
}

/**
 * Opens the datastore that was chosen, without looking whether it can be used.
 *
 * @throws {UserError} as `openExtensionDatastore` does.
 */
export async function openDatastore(
  choice: DatastoreChoice,
  options: OpenDatastoreOptions,
): Promise<Datastore> {
  const { folders, unknown } = chosenFolders(choice);
  if (unknown.length > 0) {
    options.warn(
      `datastore in ${choice.source}: no folder is called ${unknown.join(", ")}, so that has no ` +
        "effect. 'swamp datastore status' lists the folders that the datastore keeps.",
    );
  }
  if (choice.path === undefined) {
    return await openExtensionDatastore(choice, { ...options, folders });
  }
  const { repository: { root } } = options;
  const place = { path: resolve(root, choice.path), folders };
  return filesystemDatastore({ root, place, locks: await options.fileLocks(place) });
}

/**
 * Makes sure that the local folder of a datastore is one, or can become one.
 *
 * @throws {UserError} `not_a_directory`, `datastore_unreachable`.
 */
export async function requireFolder({ place: { path } }: Datastore): Promise<void> {
  const obstacle = await folderObstacle(path);
  if (obstacle === undefined) return;
  const isFile = obstacle.startsWith("Datastore path");
  throw new UserError(isFile ? "not_a_directory" : "datastore_unreachable", obstacle, {
    fields: { path },
  });
}
