import type { DataScope } from "../data/data.ts";

/** What a lock says about its holder (contract: cli-core 13.1). */
export interface LockInfo {
  /** `user@host`. */
  readonly holder: string;
  readonly hostname: string;
  readonly pid: number;
  /** Time of the last sign of life, UTC ISO 8601. */
  readonly acquiredAt: string;
  readonly ttlMs: number;
  /** Different for every time that a lock is taken. */
  readonly nonce: string;
}

/** A lock that is held. Disposing it twice is harmless. */
export interface HeldLock extends AsyncDisposable {
  readonly path: string;
}

/**
 * Locks between processes (contract: cli-core 13). Who needs both kinds takes the global one first;
 * the other order would let two commands wait for each other.
 */
export interface Locks {
  /**
   * Takes the lock of the whole repository. Tells the user after a second of waiting.
   *
   * @throws {UserError} `lock_timeout` (exit code 75) naming holder, host, age and remedy;
   * `not_writable` where no lock file can be made.
   */
  global(): Promise<HeldLock>;
  /**
   * Takes the lock of one model, after any foreign global lock is gone. It tells whom it waits for
   * and throws as {@linkcode Locks.global} does.
   */
  model(scope: DataScope): Promise<HeldLock>;
  /** Gives up every lock that is held: for a process that was told to end. */
  releaseAll(): Promise<void>;
}
