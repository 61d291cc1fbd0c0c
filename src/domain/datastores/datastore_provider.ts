/**
 * What a datastore type makes of a config (contract: authoring 1.5). Everything here may be code of an
 * extension.
 *
 * @module
 */
import type { LockInfo } from "../repository/locks.ts";

/** How a lock of a datastore behaves; milliseconds. */
export interface DatastoreLockOptions {
  /** What is locked: `data/<type>/<model id>/.lock`, or everything if left out. */
  readonly lockKey?: string;
  readonly ttlMs?: number;
  readonly retryIntervalMs?: number;
  readonly maxWaitMs?: number;
}

/** A lock between the machines that use a datastore. */
export interface DatastoreLock {
  /** Takes it, gives signs of life by itself, takes over stale ones. Throws after `maxWaitMs`. */
  acquire(): Promise<void>;
  /** Doing it twice is harmless. */
  release(): Promise<void>;
  withLock<T>(work: () => Promise<T>): Promise<T>;
  /** Who holds it, if anybody does. */
  inspect(): Promise<DatastoreLockInfo | null>;
  /** Takes it away from who holds it, if that is still the one with this nonce. */
  forceRelease(nonce: string): Promise<boolean>;
}

/** Who holds a lock; a type need not tell a nonce. */
export type DatastoreLockInfo = Omit<LockInfo, "nonce"> & Partial<Pick<LockInfo, "nonce">>;

/** How well a datastore is. */
export interface DatastoreHealth {
  readonly healthy: boolean;
  readonly message: string;
  readonly latencyMs: number;
  readonly datastoreType: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Moves what has changed between the local folder and the datastore; gives the number of files. */
export interface DatastoreSyncService {
  pullChanged(): Promise<number | void>;
  pushChanged(): Promise<number | void>;
}

/** What finds out whether a datastore can be used. */
export interface DatastoreVerification {
  createVerifier(): { verify(): Promise<DatastoreHealth> };
}

/** What a datastore type makes of a config. */
export interface DatastoreProvider extends DatastoreVerification {
  createLock(datastorePath: string, options?: DatastoreLockOptions): DatastoreLock;
  createSyncService?(repoDir: string, cachePath: string): DatastoreSyncService | undefined;
  /** What `createLock` is given. */
  resolveDatastorePath(repoDir: string): string;
  /** Local folder that then has all folders of the datastore in it. */
  resolveCachePath?(repoDir: string): string | undefined;
}

const REQUIRED = ["createLock", "createVerifier", "resolveDatastorePath"] as const;

/** The methods that something lacks to be a provider, in the order of the contract. */
export function missingDatastoreMethods(candidate: unknown): string[] {
  if (typeof candidate !== "object" || candidate === null) return [...REQUIRED];
  const members = candidate as Readonly<Record<string, unknown>>;
  return REQUIRED.filter((name) => typeof members[name] !== "function");
}

/** What built-in datastore types use of the machine; the second parameter of `createProvider`. */
export interface DatastoreHost {
  /** What keeps a folder from being written to, or, where it is missing, from being made. */
  folderProblem(path: string): Promise<string | undefined>;
}
