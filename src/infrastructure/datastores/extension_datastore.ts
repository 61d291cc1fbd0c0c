import { resolve } from "@std/path";
import type { Datastore, DatastoreSync } from "../../domain/datastores/datastore.ts";
import {
  configOf,
  type DatastoreChoice,
  unknownDatastoreType,
} from "../../domain/datastores/datastore_choice.ts";
import type { ChosenFolders } from "../../domain/datastores/datastore_folders.ts";
import {
  type DatastoreLock,
  type DatastoreLockOptions,
  type DatastoreProvider,
  missingDatastoreMethods,
} from "../../domain/datastores/datastore_provider.ts";
import type { DataScope } from "../../domain/data/data.ts";
import { UserError } from "../../domain/errors.ts";
import { checkProviderConfig } from "../../domain/extensions/provider_config.ts";
import type { ProviderTypes } from "../../domain/extensions/provider_types.ts";
import type { Provider } from "../../domain/extensions/shapes/provider_shape.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import type { Repository } from "../../domain/repository/repository.ts";
import { isStale } from "../persistence/lock_file.ts";
import type { LockOptions } from "../persistence/lock_wait.ts";
import { defaultCachePath } from "./cache_path.ts";
import {
  type DatastoreName,
  type ExtensionGuard,
  nameText,
  type ProviderCalls,
  providerCalls,
} from "./provider_calls.ts";
import { createProviderLocks, foundLock, modelLockKey } from "./provider_locks.ts";
import { providerSync } from "./provider_sync.ts";

/** What {@linkcode openExtensionDatastore} works with. */
export interface ExtensionDatastoreOptions {
  readonly repository: Repository;
  /** The folders that the datastore keeps. */
  readonly folders: ChosenFolders["folders"];
  /** Reads an environment variable. */
  readonly variable: (name: string) => string | undefined;
  /**
   * The datastore types.
   *
   * @param onlyType the one that is needed, if not all.
   */
  readonly types: (onlyType?: string) => Promise<ProviderTypes>;
  readonly guard: ExtensionGuard;
  readonly lockOptions: LockOptions;
  /** Told of the locks that are taken, so that an interruption gives them up. */
  readonly onLocks: (locks: Locks) => void;
}

/**
 * Opens the datastore of an extension (contract: authoring 1.5). Its code is loaded and its provider is
 * made once.
 *
 * @throws {UserError} `unknown_type`, `type_broken`, `invalid_config`, `invalid_provider`,
 * `datastore_failed`.
 */
export async function openExtensionDatastore(
  choice: DatastoreChoice,
  options: ExtensionDatastoreOptions,
): Promise<Datastore> {
  const { repository: { root }, guard } = options;
  const type = await resolveType(choice, options);
  const name = { type: choice.type, source: type.source ?? "built in" };
  const calls = providerCalls(name, guard);
  const provider = await createProvider(choice, type, name, calls);
  const lockPath = await calls("resolveDatastorePath", () => provider.resolveDatastorePath(root));
  const named = await calls("resolveCachePath", () => provider.resolveCachePath?.(root));
  const cache = named
    ? resolve(root, named)
    : await defaultCachePath(options.repository, options.variable);
  const sync = providerSync({ name, provider, calls, root, cache });
  const createLock: CreateLock = (lockOptions) =>
    calls("createLock", () => provider.createLock(lockPath, lockOptions));
  return {
    type: choice.type,
    place: { path: cache, folders: options.folders },
    ...(sync === undefined ? {} : { sync }),
    verify: () => calls("verify", () => provider.createVerifier().verify()),
    ...locking({ createLock, calls, sync }, options),
  };
}

type CreateLock = (options: DatastoreLockOptions) => Promise<DatastoreLock>;

/** Everything about the locks of a datastore. */
function locking(
  { createLock, calls, sync }: {
    readonly createLock: CreateLock;
    readonly calls: ProviderCalls;
    readonly sync: DatastoreSync | undefined;
  },
  { lockOptions, guard, onLocks }: ExtensionDatastoreOptions,
): Pick<Datastore, "locks" | "plainLocks" | "inspect" | "forceRelease"> {
  const locksWith = (moving: DatastoreSync | undefined): Locks => {
    const locks = createProviderLocks({ ...lockOptions, createLock, calls, guard, sync: moving });
    onLocks(locks);
    return locks;
  };
  const lockOf = (scope: DataScope | undefined) =>
    createLock(scope === undefined ? {} : { lockKey: modelLockKey(scope) });
  const inspect: Datastore["inspect"] = async (scope) => {
    const lock = await lockOf(scope);
    const info = await calls("inspect", () => lock.inspect());
    return info ? { stale: isStale(foundLock(info), Date.now()), info } : undefined;
  };
  let locks: Locks | undefined;
  return {
    locks: () => locks ??= locksWith(sync),
    plainLocks: () => locksWith(undefined),
    inspect,
    forceRelease: async (scope) => {
      const lock = await lockOf(scope);
      const holder = await inspect(scope);
      if (holder === undefined) return undefined;
      const nonce = holder.info?.nonce ?? "";
      const isGone = await calls("forceRelease", () => lock.forceRelease(nonce));
      return isGone ? holder : undefined;
    },
  };
}

/** The code of the type, from the extensions of the repository. */
async function resolveType(
  choice: DatastoreChoice,
  { types, guard }: ExtensionDatastoreOptions,
): Promise<Provider> {
  const known = await types(choice.type);
  if (known.describe(choice.type) === undefined) {
    const all = await types();
    // A type whose source is broken says so, rather than that there is no such type.
    if (all.failureOf(choice.type) === undefined) {
      const available = all.summaries().map(({ normalized }) => normalized);
      throw unknownDatastoreType(choice, available, all.failures().map(({ source }) => source));
    }
  }
  using _guard = await guard();
  return await known.resolve(choice.type);
}

async function createProvider(
  choice: DatastoreChoice,
  { configSchema, create }: Provider,
  name: DatastoreName,
  calls: ProviderCalls,
): Promise<DatastoreProvider> {
  const { config, issues } = await checkProviderConfig(configSchema, configOf(choice));
  if (issues !== undefined) {
    throw new UserError(
      "invalid_config",
      `Invalid config for datastore type "${choice.type}": ${issues.join("; ")}`,
      { fields: { source: choice.source, issues } },
    );
  }
  const factory = create as (config: unknown) => unknown;
  const provider = await calls("createProvider", () => factory(config));
  const missing = missingDatastoreMethods(provider);
  if (missing.length === 0) return provider as DatastoreProvider;
  throw new UserError(
    "invalid_provider",
    `createProvider of the datastore ${nameText(name)} returned an invalid provider: missing ` +
      `methods: ${missing.join(", ")}. A DatastoreProvider must implement createLock, ` +
      "createVerifier and resolveDatastorePath.",
  );
}
