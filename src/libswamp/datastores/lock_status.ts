import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore } from "../../domain/data/data_store.ts";
import type { Datastore, FoundHolder } from "../../domain/datastores/datastore.ts";
import type { DatastoreLockInfo } from "../../domain/datastores/datastore_provider.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";

/** So many locks are looked at at a time, for some are far away. */
const LOOKED_AT_ONCE = 16;

/** A lock that is held. Fields of the holder are missing where the lock does not tell. */
export interface HeldLockDocument extends Partial<DatastoreLockInfo> {
  /** Whether its holder is gone, so that the next command will take it over. */
  readonly stale: boolean;
}

/** JSON document of `datastore lock status` (contract: cli-automation 8.4). */
export interface LockStatusDocument {
  /** Type of the datastore. */
  readonly datastore: string;
  readonly global: HeldLockDocument | null;
  /** The locks of models that are held. */
  readonly models: readonly (HeldLockDocument & {
    /** `<type>/<model id>`. */
    readonly model: string;
  })[];
}

/** What looking at locks needs. */
export interface LockStatusDependencies {
  readonly datastore: Datastore;
  readonly definitions: Pick<DefinitionStore, "list">;
  readonly data: Pick<DataStore, "scopes">;
}

/** Every lock that is held at the moment, of models that have a definition or data. */
export async function lockStatus(
  { datastore, definitions, data }: LockStatusDependencies,
): Promise<LockStatusDocument> {
  const models: LockStatusDocument["models"][number][] = [];
  const scopes = await lockableModels({ definitions, data });
  for (let start = 0; start < scopes.length; start += LOOKED_AT_ONCE) {
    const found = await Promise.all(
      scopes.slice(start, start + LOOKED_AT_ONCE).map(async (scope) => {
        const holder = await datastore.inspect(scope);
        return holder && { model: nameOf(scope), ...heldLock(holder) };
      }),
    );
    models.push(...found.filter((one) => one !== undefined));
  }
  const global = await datastore.inspect();
  return { datastore: datastore.type, global: global ? heldLock(global) : null, models };
}

/**
 * The models that somebody may have locked, by name: a model has no data before its first run ends, and
 * no definition after that was deleted.
 */
export async function lockableModels(
  { definitions, data }: Pick<LockStatusDependencies, "definitions" | "data">,
): Promise<DataScope[]> {
  const { definitions: stored } = await definitions.list();
  const defined = stored.map(({ definition: { type, id } }) => ({ type, modelId: id }));
  const scopes = new Map<string, DataScope>();
  for (const scope of [...defined, ...await data.scopes()]) scopes.set(nameOf(scope), scope);
  return [...scopes.keys()].sort().map((name) => scopes.get(name)!);
}

function nameOf({ type, modelId }: DataScope): string {
  return `${type}/${modelId}`;
}

/** A holder as documents show it. */
export function heldLock({ info, stale }: FoundHolder): HeldLockDocument {
  return { ...info, stale };
}
