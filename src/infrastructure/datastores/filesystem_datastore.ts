import { dirname } from "@std/path";
import type { Datastore, FoundHolder } from "../../domain/datastores/datastore.ts";
import { FILESYSTEM } from "../../domain/datastores/datastore_choice.ts";
import type { DatastorePlace } from "../../domain/datastores/datastore_folders.ts";
import type {
  DatastoreHost,
  DatastoreVerification,
} from "../../domain/datastores/datastore_provider.ts";
import type { DataScope } from "../../domain/data/data.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { modelLock } from "../persistence/file_locks.ts";
import { breakLock } from "../persistence/lock_change.ts";
import { type FoundLock, isStale, readLock } from "../persistence/lock_file.ts";
import { repositoryLayout } from "../persistence/repository_layout.ts";
import { LOCAL_DATASTORE_HOST } from "./local_datastore_host.ts";

/** What {@linkcode filesystemDatastore} works with. */
export interface FilesystemDatastoreOptions {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly place: DatastorePlace;
  /** The locks that lie in the place. */
  readonly locks: Locks;
}

/** The datastore that is a folder: `.swamp`, or one elsewhere. */
export function filesystemDatastore(
  { root, place, locks }: FilesystemDatastoreOptions,
): Datastore {
  const layout = repositoryLayout(root, place);
  const pathOf = (scope: DataScope | undefined) =>
    scope === undefined ? layout.globalLock : modelLock(layout, scope);
  return {
    type: FILESYSTEM,
    place,
    locks: () => locks,
    plainLocks: () => locks,
    verify: async () => {
      const { FILESYSTEM_TYPE } = await import("../../domain/datastores/builtin/filesystem.ts");
      const create = FILESYSTEM_TYPE.create as (
        config: { readonly path: string },
        host: DatastoreHost,
      ) => DatastoreVerification;
      return await create({ path: place.path }, LOCAL_DATASTORE_HOST).createVerifier().verify();
    },
    inspect: (scope) => Promise.resolve(holderOf(readLock(pathOf(scope)))),
    forceRelease: async (scope) => {
      const keep = scope === undefined ? dirname(layout.globalLock) : layout.data;
      return holderOf(await breakLock(pathOf(scope), keep));
    },
  };
}

function holderOf(found: FoundLock | undefined): FoundHolder | undefined {
  if (found === undefined) return undefined;
  const stale = isStale(found, Date.now());
  return { stale, ...(found.info === undefined ? {} : { info: found.info }) };
}
