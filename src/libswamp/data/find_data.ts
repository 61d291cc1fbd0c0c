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
  let found = await data.get(scope, name);
  for (let renames = 0; renames < MOST_RENAMES; renames++) {
    const newName = found?.metadata.renamedTo;
    if (newName === undefined) return found;
    const renamed = await data.get(scope, newName);
    if (renamed === undefined) return found;
    found = renamed;
  }
  return found;
}
