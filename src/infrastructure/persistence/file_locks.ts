import { dirname, join } from "@std/path";
import type { DataScope } from "../../domain/data/data.ts";
import type { HeldLock, LockInfo, Locks } from "../../domain/repository/locks.ts";
import { createFileExclusively, writeFileAtomically } from "./atomic_file.ts";
import { modelFolder } from "./data/data_folders.ts";
import { removeFoldersWhileEmpty } from "./empty_folders.ts";
import { changeLock } from "./lock_change.ts";
import { type FoundLock, heldNonces, lockText, newLockInfo, readLock } from "./lock_file.ts";
import { type LockOptions, LockWait } from "./lock_wait.ts";
import { lockRefusal } from "./lock_refusal.ts";
import type { RepositoryLayout } from "./repository_layout.ts";

const HEARTBEAT_MS = 10_000;

/**
 * Locks as files of JSON, created exclusively (contract: cli-core 13). The holder gives a sign of
 * life every ten seconds; a lock without one, or of a process that is gone, is taken over.
 */
export function createLocks(layout: RepositoryLayout, options: LockOptions): Locks {
  return new FileLocks(layout, options);
}

class FileLocks implements Locks {
  readonly #layout: RepositoryLayout;
  readonly #options: LockOptions;
  readonly #held = new Set<HeldFileLock>();

  constructor(layout: RepositoryLayout, options: LockOptions) {
    this.#layout = layout;
    this.#options = options;
  }

  global(): Promise<HeldLock> {
    return this.#acquire();
  }

  async model(scope: DataScope): Promise<HeldLock> {
    const wait = new LockWait(this.#layout.globalLock, this.#options);
    for (;;) {
      await this.#structuralCommand(wait);
      const lock = await this.#acquire(scope, wait.hasWaited);
      // Somebody may have taken the global lock in between, and now counts on nobody running.
      const found = this.#foreignGlobalLock();
      if (found === undefined || wait.isOver(found)) return lock;
      await lock[Symbol.asyncDispose]();
    }
  }

  async releaseAll(): Promise<void> {
    for (const lock of this.#held) await lock[Symbol.asyncDispose]();
  }

  /** Waits until nobody else holds the global lock. */
  async #structuralCommand(wait: LockWait): Promise<void> {
    for (;;) {
      const found = this.#foreignGlobalLock();
      if (found === undefined || wait.isOver(found)) return;
      await wait.pause(found);
    }
  }

  /** The global lock, if it is not ours. */
  #foreignGlobalLock(): FoundLock | undefined {
    const found = readLock(this.#layout.globalLock);
    return found?.info !== undefined && heldNonces.has(found.info.nonce) ? undefined : found;
  }

  async #acquire(scope?: DataScope, hasWaited = false): Promise<HeldLock> {
    const { globalLock, data } = this.#layout;
    const path = scope === undefined ? globalLock : modelLock(this.#layout, scope);
    const keep = scope === undefined ? dirname(globalLock) : data;
    const wait = new LockWait(path, this.#options, scope);
    const info = await acquire(path, wait, dirname(globalLock));
    const lock = new HeldFileLock(path, info, keep, () => this.#held.delete(lock));
    this.#held.add(lock);
    try {
      if (hasWaited || wait.hasWaited) await this.#options.afterWaiting?.();
      return lock;
    } catch (error) {
      await lock[Symbol.asyncDispose]();
      throw error;
    }
  }
}

/** The file that is the lock of a model. */
export function modelLock({ data }: Pick<RepositoryLayout, "data">, scope: DataScope): string {
  return join(modelFolder(data, scope), ".lock");
}

/** A lock file of this process, kept alive until it is disposed. */
class HeldFileLock implements HeldLock {
  readonly path: string;
  readonly #info: LockInfo;
  readonly #keep: string;
  readonly #forget: () => void;
  readonly #firstSign = AbortSignal.timeout(HEARTBEAT_MS);
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #sign: Promise<void> = Promise.resolve();
  #released: Promise<void> | undefined;

  /** @param keep folder that stays, even when removing the lock leaves it empty. */
  constructor(path: string, info: LockInfo, keep: string, forget: () => void) {
    this.path = path;
    this.#info = info;
    this.#keep = keep;
    this.#forget = forget;
    // Deno's first timer costs 4 ms, an abort signal nothing; most locks are released before it ends.
    this.#firstSign.addEventListener("abort", this.#beginBeating);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#released ??= this.#release();
  }

  readonly #beginBeating = (): void => {
    const beat = () => this.#sign = this.#giveSign();
    beat();
    this.#heartbeat = setInterval(beat, HEARTBEAT_MS);
    // A forgotten lock must not keep the process alive any longer.
    Deno.unrefTimer(this.#heartbeat);
  };

  async #giveSign(): Promise<void> {
    try {
      if (!this.#isStillOurs()) return;
      const acquiredAt = new Date().toISOString();
      await writeFileAtomically(this.path, lockText({ ...this.#info, acquiredAt }));
    } catch {
      // Missing one sign of life does no harm; the next one is due in ten seconds.
    }
  }

  async #release(): Promise<void> {
    this.#firstSign.removeEventListener("abort", this.#beginBeating);
    if (this.#heartbeat !== undefined) clearInterval(this.#heartbeat);
    // It would write the file anew after we have removed it.
    await this.#sign;
    try {
      if (this.#isStillOurs()) await Deno.remove(this.path);
      await removeFoldersWhileEmpty(dirname(this.path), this.#keep);
    } catch {
      // What is left behind is the lock of a process that will be gone: anybody may take it over.
    }
    heldNonces.delete(this.#info.nonce);
    this.#forget();
  }

  #isStillOurs(): boolean {
    return readLock(this.path)?.info?.nonce === this.#info.nonce;
  }
}

/**
 * Waits until the lock file is ours; gives what is in it.
 *
 * @param datastore the folder of the datastore.
 */
async function acquire(path: string, wait: LockWait, datastore: string): Promise<LockInfo> {
  for (;;) {
    const info = newLockInfo();
    // Who else waits in this process may see the lock before we know that it is ours.
    heldNonces.add(info.nonce);
    let isOurs = false;
    try {
      isOurs = await create(path, info, datastore);
      const found = isOurs ? undefined : readLock(path);
      if (found !== undefined) isOurs = wait.isOver(found) && await takeOver(path, found, info);
      if (isOurs) return info;
      if (found !== undefined) await wait.pause(found);
    } finally {
      if (!isOurs) heldNonces.delete(info.nonce);
    }
  }
}

/** Creates the lock file, never without its content; `false` when there is one. */
async function create(path: string, info: LockInfo, datastore: string): Promise<boolean> {
  for (;;) {
    await Deno.mkdir(dirname(path), { recursive: true }).catch((error) => {
      throw lockRefusal(path, error, datastore);
    });
    try {
      return await createFileExclusively(path, lockText(info));
    } catch (error) {
      // Not found means that whoever released the lock has just removed the folder.
      if (!(error instanceof Deno.errors.NotFound)) throw lockRefusal(path, error, datastore);
    }
  }
}

/** Replaces a stale lock by ours in one step. */
async function takeOver(path: string, stale: FoundLock, info: LockInfo): Promise<boolean> {
  return await changeLock(path, stale, async () => {
    await writeFileAtomically(path, lockText(info));
    return readLock(path)?.info?.nonce === info.nonce;
  });
}
