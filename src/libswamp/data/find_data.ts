import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";

/** So many renames in a row are followed. */
const MOST_RENAMES = 5;

/**
 * One version of a name, the latest unless told. Who asks for the latest version of a name that was
 * renamed gets the data under its new name; an explicit version is never looked for elsewhere
 * (contract: cli-core 9).
 */
export async function findData(
  data: DataStore,
  scope: DataScope,
  name: string,
  version?: number,
): Promise<StoredData | undefined> {
  if (version !== undefined) return await data.get(scope, name, version);
  const steps = followRenames(await data.get(scope, name));
  let step = steps.next();
  while (!step.done) step = steps.next(await data.get(scope, step.value));
  return step.value;
}

/**
 * Where renames lead: gives names whose latest version it has to be told, and returns the version that
 * is meant.
 *
 * @param found the latest version of the name that was asked for.
 */
export function* followRenames(
  found: StoredData | undefined,
): Generator<string, StoredData | undefined, StoredData | undefined> {
  let meant = found;
  for (let renames = 0; renames < MOST_RENAMES; renames++) {
    const newName = meant?.metadata.renamedTo;
    if (newName === undefined) return meant;
    const renamed = yield newName;
    if (renamed === undefined) return meant;
    meant = renamed;
  }
  return meant;
}
