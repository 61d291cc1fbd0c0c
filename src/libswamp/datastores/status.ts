import type { Datastore } from "../../domain/datastores/datastore.ts";
import { FILESYSTEM } from "../../domain/datastores/datastore_choice.ts";
import { UserError } from "../../domain/errors.ts";

/** JSON document of `datastore status` (contract: cli-automation 8.1). */
export interface DatastoreStatusDocument {
  readonly type: string;
  /** Folder of a filesystem datastore. */
  readonly path?: string;
  /** Local folder that is synchronised with a datastore of another type. */
  readonly cachePath?: string;
  readonly healthy: boolean;
  readonly message: string;
  /** Whole milliseconds. */
  readonly latencyMs: number;
  /** The folders that the datastore keeps. */
  readonly directories: readonly string[];
  /** What the type itself tells beside it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** How a datastore is. What keeps it from being asked is what is wrong with it. */
export async function datastoreStatus(datastore: Datastore): Promise<DatastoreStatusDocument> {
  const { type, place: { path, folders } } = datastore;
  const startedAt = performance.now();
  const health = await datastore.verify().catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const latencyMs = performance.now() - startedAt;
    return { healthy: false, message: error.message, latencyMs, details: undefined };
  });
  const { healthy, message, latencyMs, details } = health;
  return {
    type,
    ...(type === FILESYSTEM ? { path } : { cachePath: path }),
    healthy: healthy === true,
    message: String(message ?? ""),
    latencyMs: Math.round(Number(latencyMs) || 0),
    directories: folders,
    ...(details === undefined ? {} : { details }),
  };
}
