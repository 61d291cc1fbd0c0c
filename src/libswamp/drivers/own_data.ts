import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import type { OwnData, OwnVersion } from "../../domain/drivers/run_access.ts";
import { messageOf } from "../../domain/errors.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import { isJsonType } from "../data/stored_json.ts";
import { dataView } from "../runs/data_repository_view.ts";
import type { MethodRun } from "../runs/method_run.ts";

/**
 * All data of a run's model, for methods that cannot ask for it.
 *
 * @param readResource reads as the method itself would.
 */
export async function ownData(
  { data, scope }: MethodRun,
  readResource: MethodContext["readResource"],
): Promise<OwnData[]> {
  return await Promise.all((await data.list(scope)).map(async ({ metadata: { name } }) => {
    const numbers = [...await data.versions(scope, name)].sort((a, b) => a - b);
    const stored = await Promise.all(numbers.map((version) => data.get(scope, name, version)));
    const versions = stored.filter((one) => one !== undefined).map((one): OwnVersion => ({
      view: { ...dataView(one) },
      contentPath: one.contentPath,
    }));
    const latest = stored.at(-1);
    if (latest === undefined || !await holdsReferences(data, latest)) return { name, versions };
    return { name, versions, ...await resolvedResource(name, readResource) };
  }));
}

/** Whether data may have references to secrets in it, which only swamp can put values in place of. */
async function holdsReferences(data: DataStore, stored: StoredData): Promise<boolean> {
  if (!isJsonType(stored.metadata.contentType)) return false;
  return new TextDecoder().decode(await data.content(stored)).includes("${{");
}

/** What cannot be read fails a method that wants to read it, and no other one. */
async function resolvedResource(
  name: string,
  readResource: MethodContext["readResource"],
): Promise<Pick<OwnData, "resolved" | "unreadable">> {
  try {
    const resolved = await readResource(name);
    return resolved === null ? {} : { resolved };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}
