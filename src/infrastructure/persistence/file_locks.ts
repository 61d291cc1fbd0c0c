import { dirname, join } from "@std/path";
import type { DataScope } from "../../domain/data/data.ts";
import type { HeldLock, Locks } from "../../domain/repository/locks.ts";
import { createFileExclusively, writeFileAtomically } from "./atomic_file.ts";
import { modelFolder } from "./data/data_folders.ts";
import { removeFoldersWhileEmpty } from "./empty_folders.ts";
import {
  type FoundLock,
  heldNonces,
  isStale,
  type LockInfo,
  lockText,
  newLockInfo,
  readLock,
} from "./lock_file.ts";
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
    return this.#acquire(this.#layout.globalLock, dirname(this.#layout.globalLock));
  }

  async model(scope: DataScope): Promise<HeldLock> {
    await this.#structuralCommand();
    const path = join(modelFolder(this.#layout.data, scope), ".lock");
    return await this.#acquire(path, this.#layout.data);
  }

  async releaseAll(): Promise<void> {
    for (const lock of this.#held) await lock[Symbol.asyncDispose]();
  }

  /** Waits until nobody else holds the global lock. */
  async #structuralCommand(): Promise<void> {
    const wait = new LockWait(this.#layout.globalLock, this.#options);
    for (;;) {
      const found = readLock(this.#layout.globalLock);
      const isOurs = found?.info !== undefined && heldNonces.has(found.info.nonce);
      if (found === undefined || isOurs || wait.isOver(found)) return;
      await wait.pause(found);
    }
  }

  async #acquire(path: string, keep: string): Promise<HeldLock> {
    const wait = new LockWait(path, this.#options);
    for (;;) {
      const info = newLockInfo();
      if (await create(path, info)) return this.#hold(path, info, keep);
      const found = readLock(path);
      if (found === undefined) continue;
      if (wait.isOver(found) && await takeOver(path, found, info)) {
        return this.#hold(path, info, keep);
      }
      await wait.pause(found);
    }
  }

  #hold(path: string, info: LockInfo, keep: string): HeldLock {
    const lock = new HeldFileLock(path, info, keep, () => this.#held.delete(lock));
    this.#held.add(lock);
    return lock;
  }
}

/** A lock file of this process, kept alive until it is disposed. */
class HeldFileLock implements HeldLock {
  readonly path: string;
  readonly #info: LockInfo;
  readonly #keep: string;
  readonly #forget: () => void;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  #sign: Promise<void> = Promise.resolve();
  #released: Promise<void> | undefined;

  /** @param keep folder that stays, even when removing the lock leaves it empty. */
  constructor(path: string, info: LockInfo, keep: string, forget: () => void) {
    this.path = path;
    this.#info = info;
    this.#keep = keep;
    this.#forget = forget;
    heldNonces.add(info.nonce);
    this.#heartbeat = setInterval(() => this.#sign = this.#giveSign(), HEARTBEAT_MS);
    // A forgotten lock must not keep the process alive.
    Deno.unrefTimer(this.#heartbeat);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#released ??= this.#release();
  }

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
    clearInterval(this.#heartbeat);
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

/** Creates the lock file; `false` when there is one. */
async function create(path: string, info: LockInfo): Promise<boolean> {
  for (;;) {
    await Deno.mkdir(dirname(path), { recursive: true }).catch((error) => {
      throw lockRefusal(path, error);
    });
    try {
      using file = await Deno.open(path, { write: true, createNew: true });
      await file.write(new TextEncoder().encode(lockText(info)));
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return false;
      // Not found means that whoever released the lock has just removed the folder.
      if (!(error instanceof Deno.errors.NotFound)) throw lockRefusal(path, error);
    }
  }
}

/**
 * Replaces a stale lock by ours in one step. Of several processes that try, the one that creates
 * the mark beside the lock does it, and only if the lock is still the one that was found stale.
 */
async function takeOver(path: string, stale: FoundLock, info: LockInfo): Promise<boolean> {
  const mark = `${path}.takeover`;
  if (!await createFileExclusively(mark, lockText(info))) {
    const other = readLock(mark);
    // Its maker died between two system calls.
    if (other !== undefined && isStale(other, Date.now())) await Deno.remove(mark).catch(() => {});
    return false;
  }
  try {
    const found = readLock(path);
    if (found?.info?.nonce !== stale.info?.nonce || found?.changedAt !== stale.changedAt) {
      return false;
    }
    await writeFileAtomically(path, lockText(info));
    return readLock(path)?.info?.nonce === info.nonce;
  } finally {
    await Deno.remove(mark).catch(() => {});
  }
}
