import type { Datastore } from "../../domain/datastores/datastore.ts";
import { messageOf, UserError } from "../../domain/errors.ts";

/** Which way data are moved. */
export type SyncMode = "sync" | "pull" | "push";

/** JSON document of `datastore sync` (contract: cli-automation 8.3). */
export interface SyncDocument {
  readonly mode: SyncMode;
  /** Number of files; absent for `push`. */
  readonly filesPulled?: number;
  /** Number of files; absent for `pull`. */
  readonly filesPushed?: number;
  /** In mode `sync`; a sync that fails is an error with these fields. */
  readonly errors?: readonly string[];
}

/**
 * Moves what has changed, each way once, under the global lock. Where pulling fails nothing is pushed:
 * what is here may be behind what is there.
 *
 * @throws {UserError} `not_synchronised`, `pull_failed`, `push_failed`, `lock_timeout`.
 */
export async function syncDatastore(datastore: Datastore, mode: SyncMode): Promise<SyncDocument> {
  const { sync, type } = datastore;
  if (sync === undefined) {
    throw new UserError(
      "not_synchronised",
      "Datastore sync is only available for sync-capable custom datastores. " +
        `Current datastore type: ${type}`,
    );
  }
  await using _lock = await datastore.plainLocks().global();
  let filesPulled = 0;
  try {
    if (mode === "pull") return { mode, filesPulled: await sync.pull() };
    if (mode === "push") return { mode, filesPushed: await sync.push() };
    filesPulled = await sync.pull();
    return { mode, filesPulled, filesPushed: await sync.push(), errors: [] };
  } catch (error) {
    if (mode !== "sync" || !(error instanceof UserError)) throw error;
    const counts = { mode, filesPulled, filesPushed: 0, errors: [messageOf(error)] };
    throw new UserError(error.code, error.message, {
      exitCode: error.exitCode,
      fields: { ...error.fields, ...counts },
      cause: error,
    });
  }
}
