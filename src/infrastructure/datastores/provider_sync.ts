import type { DatastoreSync } from "../../domain/datastores/datastore.ts";
import type { DatastoreProvider } from "../../domain/datastores/datastore_provider.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import { type DatastoreName, nameText, type ProviderCalls } from "./provider_calls.ts";

/** What {@linkcode providerSync} works with. */
export interface ProviderSyncOptions {
  readonly name: DatastoreName;
  readonly provider: DatastoreProvider;
  readonly calls: ProviderCalls;
  /** Absolute path of the repository. */
  readonly root: string;
  /** Absolute path of the local folder. */
  readonly cache: string;
}

/** The synchronisation that a datastore type offers; `undefined` for one that has none. */
export function providerSync(options: ProviderSyncOptions): DatastoreSync | undefined {
  const { name, provider, calls, root, cache } = options;
  if (typeof provider.createSyncService !== "function") return undefined;
  let created: Promise<ReturnType<NonNullable<DatastoreProvider["createSyncService"]>>>;
  const service = () =>
    created ??= calls("createSyncService", () => provider.createSyncService!(root, cache));
  return {
    pull: async () => {
      await Deno.mkdir(cache, { recursive: true });
      try {
        const sync = await service();
        return countOf(await calls("pullChanged", () => sync?.pullChanged()));
      } catch (error) {
        throw new UserError(
          "pull_failed",
          `Could not pull from the datastore ${nameText(name)}: ${reasonOf(error)}`,
          {
            fields: {
              hint: "'swamp datastore status' tells how the datastore is; " +
                "commands that only read go on working with what is here.",
            },
            cause: error,
          },
        );
      }
    },
    push: async () => {
      try {
        const sync = await service();
        return countOf(await calls("pushChanged", () => sync?.pushChanged()));
      } catch (error) {
        throw new UserError(
          "push_failed",
          `Could not push to the datastore ${nameText(name)}: ${reasonOf(error)}. ` +
            `What was written is kept in ${cache}; 'swamp datastore sync --push' sends it.`,
          { fields: { keptIn: cache }, cause: error },
        );
      }
    },
  };
}

/** What the type's own code said, less what is said of the type anyway. */
function reasonOf(error: unknown): string {
  const cause = error instanceof UserError ? error.cause ?? error : error;
  return messageOf(cause).trim().replace(/\.$/, "");
}

function countOf(result: unknown): number {
  return typeof result === "number" && Number.isFinite(result) ? result : 0;
}
