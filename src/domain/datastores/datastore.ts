import type { DataScope } from "../data/data.ts";
import type { Locks } from "../repository/locks.ts";
import type { DatastorePlace } from "./datastore_folders.ts";
import type { DatastoreHealth, DatastoreLockInfo } from "./datastore_provider.ts";

/** Where a repository keeps what its commands write. */
export interface Datastore {
  /** Normalised type. */
  readonly type: string;
  /** The local folder: the datastore itself, or what is synchronised with it. */
  readonly place: DatastorePlace;
  /** What moves data between the local folder and the datastore; absent where they are the same. */
  readonly sync?: DatastoreSync;
  /** Whether it can be used. Rejects only when its code fails. */
  verify(): Promise<DatastoreHealth>;
  /**
   * Locks for who writes. Where data are synchronised, a lock is had when the data are as in the
   * datastore, and given up when the datastore has what was written.
   */
  locks(): Locks;
  /** Locks that move no data. */
  plainLocks(): Locks;
  /** Who holds the lock of a model, or the global one. */
  inspect(scope?: DataScope): Promise<FoundHolder | undefined>;
  /** Takes a lock away from its holder; tells whether there was one. */
  forceRelease(scope?: DataScope): Promise<FoundHolder | undefined>;
}

/** A lock that somebody holds. */
export interface FoundHolder {
  /** Whether the next command will take it over. */
  readonly stale: boolean;
  /** Absent where the lock does not tell. */
  readonly info?: DatastoreLockInfo;
}

/** Moves what has changed. The caller holds the global lock. Gives the number of files. */
export interface DatastoreSync {
  /** @throws {UserError} `pull_failed`. */
  pull(): Promise<number>;
  /** @throws {UserError} `push_failed`: everything is kept in the local folder. */
  push(): Promise<number>;
}
