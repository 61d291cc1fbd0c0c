import type { DataMetadata, DataScope } from "./data.ts";

/** One version of data whose folder exists on disk. */
export interface StoredData {
  readonly scope: DataScope;
  readonly metadata: DataMetadata;
  /** Absolute path of the version's folder. */
  readonly path: string;
  /** Absolute path of the content. */
  readonly contentPath: string;
}

/** A new version that is being written: nobody sees it before it is published. */
export interface PendingVersion {
  readonly scope: DataScope;
  readonly name: string;
  /** The number that is reserved for it. */
  readonly version: number;
  /** Absolute path where the content must be before {@linkcode DataStore.publish}. */
  readonly contentPath: string;
}

/** A version that only has to be published. */
export interface UnpublishedVersion {
  readonly pending: PendingVersion;
  readonly metadata: NewMetadata;
}

/** Metadata of a version without what the store itself knows or computes. */
export type NewMetadata = Omit<
  DataMetadata,
  "name" | "version" | "size" | "checksum" | "createdAt"
>;

/** The reading half of {@linkcode DataStore} for code that cannot wait. */
export interface SyncDataReader {
  get(scope: DataScope, name: string, version?: number): StoredData | undefined;
  versions(scope: DataScope, name: string): readonly number[];
  list(scope: DataScope): readonly StoredData[];
  scopes(): readonly DataScope[];
  content(stored: StoredData): Uint8Array | undefined;
}

/**
 * The data of a repository: versions are immutable, numbers only grow. Damaged versions, and folders
 * that cannot be read, are reported and treated as if they were not there; what one damaged file holds
 * never hides another.
 */
export interface DataStore {
  /** Reads without waiting; for the sake of extension code, since it holds everything else up. */
  readonly sync: SyncDataReader;
  /**
   * Reserves the next version of a name. Concurrent callers get different numbers.
   *
   * @throws {UserError} `invalid_data_name`
   */
  reserve(scope: DataScope, name: string): Promise<PendingVersion>;
  /** Opens the content of a reserved version for writing; what it held before is dropped. */
  openContent(pending: PendingVersion): Promise<WritableStream<Uint8Array>>;
  /**
   * Makes a reserved version visible, all of it or nothing: size, checksum, metadata, `latest`.
   *
   * @throws {UserError} `no_content` when nothing was written.
   */
  publish(pending: PendingVersion, metadata: NewMetadata): Promise<StoredData>;
  /**
   * Makes reserved versions of one model visible, either all of them or none: if this process dies on
   * the way, the next one that writes data of the model goes on with it.
   *
   * @throws {UserError} `no_content` when nothing was written for one of them.
   */
  publishTogether(versions: readonly UnpublishedVersion[]): Promise<readonly StoredData[]>;
  /** Goes on with what a process that died had begun to publish together. */
  resume(scope: DataScope): Promise<void>;
  /** Gives a reserved version up and removes what was written of it. */
  discard(pending: PendingVersion): Promise<void>;
  /** One version, the latest readable one unless told; `undefined` when there is none. */
  get(scope: DataScope, name: string, version?: number): Promise<StoredData | undefined>;
  /** Whether a version of a name is damaged that is newer than all readable ones. */
  latestIsDamaged(scope: DataScope, name: string): Promise<boolean>;
  /** Every readable version of a name, ascending. */
  history(scope: DataScope, name: string): Promise<readonly StoredData[]>;
  /** Numbers of all readable versions of a name, ascending. */
  versions(scope: DataScope, name: string): Promise<readonly number[]>;
  /** The latest version of every name of a model, sorted by name. */
  list(scope: DataScope): Promise<readonly StoredData[]>;
  /** Everybody who has data, sorted by type and id, whether a definition exists or not. */
  scopes(): Promise<readonly DataScope[]>;
  /** Whether no folder of a model is left out of what the other methods give. */
  canBeListed(scope: DataScope): Promise<boolean>;
  /** Content of a version; `undefined` when the file is missing. */
  content(stored: StoredData): Promise<Uint8Array | undefined>;
  /** Content of a version in pieces; `undefined` when the file is missing. */
  stream(stored: StoredData): Promise<ReadableStream<Uint8Array> | undefined>;
  /**
   * Adds to the content of a version that is published: the one thing that may happen to it. Its
   * checksum is given up.
   */
  append(stored: StoredData, bytes: Uint8Array): Promise<StoredData>;
  /** Removes the file that tells other readers which version of a name is the latest. */
  removeLatestHint(scope: DataScope, name: string): Promise<void>;
  /** Removes one version, or all versions of a name. */
  remove(scope: DataScope, name: string, version?: number): Promise<void>;
  /**
   * Removes everything of a model except its lock.
   *
   * @returns the number of names removed.
   * @throws {UserError} `data_not_removed` that lists what could not be removed; the rest is gone.
   */
  removeAll(scope: DataScope): Promise<number>;
  /**
   * Clears up what processes left that died while they wrote or removed data. It takes no lock: what
   * somebody works on is left alone.
   *
   * @returns the number of versions, names and files that were removed.
   */
  sweep(): Promise<number>;
}
