import type { DataScope } from "../../domain/data/data.ts";
import type { DatastoreSync } from "../../domain/datastores/datastore.ts";
import type {
  DatastoreLock,
  DatastoreLockInfo,
  DatastoreLockOptions,
} from "../../domain/datastores/datastore_provider.ts";
import { normalizeTypeName } from "../../domain/extensions/type_name.ts";
import type { HeldLock, Locks } from "../../domain/repository/locks.ts";
import { type FoundLock, isStale } from "../persistence/lock_file.ts";
import {
  holderOf,
  type LockOptions,
  lockTimeout,
  LockWait,
  SILENT_MS,
} from "../persistence/lock_wait.ts";
import type { ExtensionGuard, ProviderCalls } from "./provider_calls.ts";

/** What messages call the lock of everything. */
const GLOBAL = ".datastore.lock";

/** A lock that seems to be free is tried for so long. */
const ATTEMPT_MS = 1_000;

/** What {@linkcode createProviderLocks} works with. */
export interface ProviderLocksOptions extends LockOptions {
  readonly createLock: (options: DatastoreLockOptions) => Promise<DatastoreLock>;
  readonly calls: ProviderCalls;
  /** Held for as long as a lock is: locks give signs of life by themselves. */
  readonly guard: ExtensionGuard;
  /** Moves data before and after; absent where none are to be moved. */
  readonly sync?: DatastoreSync | undefined;
}

/**
 * The locks of a datastore type (contract: authoring 1.5). Taking one pulls, giving it up pushes, so that
 * nobody can forget to. Pushing needs the global lock as well, for pushes of two machines must not
 * mix.
 */
export function createProviderLocks(options: ProviderLocksOptions): Locks {
  return new ProviderLocks(options);
}

/** The key of a model's lock. */
export function modelLockKey({ type, modelId }: DataScope): string {
  return `data/${normalizeTypeName(type)}/${modelId}/.lock`;
}

/** What a lock says, in the form that waiting for it needs. */
export function foundLock(info: DatastoreLockInfo): FoundLock {
  return { info: { nonce: "", ...info }, changedAt: Date.parse(info.acquiredAt) };
}

class ProviderLocks implements Locks {
  readonly #options: ProviderLocksOptions;
  readonly #held = new Set<HeldProviderLock>();
  #global: HeldProviderLock | undefined;

  constructor(options: ProviderLocksOptions) {
    this.#options = options;
  }

  async global(): Promise<HeldLock> {
    const held = await this.#take();
    this.#global = held;
    return await this.#pulled(held);
  }

  async model(scope: DataScope): Promise<HeldLock> {
    if (this.#global !== undefined) return await this.#takeUnderGlobal(scope, this.#global);
    const wait = new LockWait(GLOBAL, this.#options);
    for (;;) {
      for (
        let found = await this.#globalHolder(wait);
        found;
        found = await this.#globalHolder(wait)
      ) {
        await wait.pause(found);
      }
      const held = await this.#take(scope);
      // Somebody may have taken the global lock in between, and now counts on nobody running.
      const isFree = await this.#globalHolder(wait).then(
        (found) => found === undefined,
        (error) => this.#drop(held).then(() => Promise.reject(error)),
      );
      if (isFree) return await this.#pulled(held);
      await this.#drop(held);
    }
  }

  async releaseAll(): Promise<void> {
    for (const held of this.#held) await this.#drop(held);
  }

  /**
   * Takes a model's lock while the global one is ours. Who holds the former needs the latter to push, so
   * it is given up for as long as we wait.
   */
  async #takeUnderGlobal(scope: DataScope, global: HeldProviderLock): Promise<HeldLock> {
    const key = modelLockKey(scope);
    const wait = new LockWait(key, this.#options, scope);
    for (;;) {
      const lock = await this.#options.createLock({ lockKey: key, maxWaitMs: ATTEMPT_MS });
      let found = await this.#holder(lock, wait);
      if (found === undefined) {
        const held = await this.#acquired(lock, key).catch((error) => ({ error }));
        if (!("error" in held)) return held;
        found = await this.#holder(lock, wait);
        if (found === undefined) throw held.error;
      }
      await global.lock?.release();
      global.lock = undefined;
      for (; found !== undefined; found = await this.#holder(lock, wait)) await wait.pause(found);
      global.lock = await this.#acquire();
      await this.#options.sync?.pull();
    }
  }

  async #take(scope?: DataScope): Promise<HeldProviderLock> {
    return this.#hold(await this.#acquire(scope), scope && modelLockKey(scope));
  }

  async #acquired(lock: DatastoreLock, key: string): Promise<HeldProviderLock> {
    await this.#options.calls("acquire", () => lock.acquire());
    return this.#hold(lock, key);
  }

  async #acquire(scope?: DataScope): Promise<DatastoreLock> {
    const key = scope && modelLockKey(scope);
    const { createLock, calls, waitMs, notice } = this.#options;
    const lock = await createLock({
      ...(key === undefined ? {} : { lockKey: key }),
      ...(waitMs === undefined ? {} : { maxWaitMs: waitMs || ATTEMPT_MS }),
    });
    const shown = key ?? GLOBAL;
    const startedAt = performance.now();
    if (waitMs === 0) {
      const found = await this.#holder(lock);
      if (found !== undefined) throw lockTimeout(shown, found, 0, scope);
    }
    const tell = setTimeout(async () => {
      const found = await this.#holder(lock).catch(() => undefined);
      if (found !== undefined) notice(`waiting for ${holderOf(found)} …`);
    }, SILENT_MS);
    try {
      await calls("acquire", () => lock.acquire());
      return lock;
    } catch (error) {
      const found = await this.#holder(lock).catch(() => undefined);
      if (found === undefined) throw error;
      throw lockTimeout(shown, found, performance.now() - startedAt, scope);
    } finally {
      clearTimeout(tell);
    }
  }

  async #hold(lock: DatastoreLock, key: string | undefined): Promise<HeldProviderLock> {
    const guard = await this.#options.guard();
    const held: HeldProviderLock = {
      path: key ?? GLOBAL,
      lock,
      guard,
      [Symbol.asyncDispose]: () => held.released ??= this.#release(held),
    };
    this.#held.add(held);
    return held;
  }

  /** The lock, once the data are as in the datastore. */
  async #pulled(held: HeldProviderLock): Promise<HeldLock> {
    try {
      // A provider does not tell whether it waited.
      await this.#options.afterWaiting?.();
      await this.#options.sync?.pull();
      return held;
    } catch (error) {
      await this.#drop(held);
      throw error;
    }
  }

  async #release(held: HeldProviderLock): Promise<void> {
    try {
      if (held.lock !== undefined) await this.#push(held);
    } finally {
      await this.#drop(held);
    }
  }

  async #push(held: HeldProviderLock): Promise<void> {
    const { sync } = this.#options;
    if (sync === undefined) return;
    if (held === this.#global) {
      await sync.push();
    } else if (this.#global === undefined) {
      const global = await this.#take();
      try {
        await sync.push();
      } finally {
        await this.#drop(global);
      }
    }
  }

  /** Gives up a lock as it is. */
  async #drop(held: HeldProviderLock): Promise<void> {
    if (!this.#held.delete(held)) return;
    if (held === this.#global) this.#global = undefined;
    try {
      // Where it cannot be given up it ends by itself, when its holder gives no sign of life any more.
      await this.#options.calls("release", () => held.lock?.release()).catch(() => {});
    } finally {
      held.guard[Symbol.dispose]();
    }
  }

  async #globalHolder(wait: LockWait): Promise<FoundLock | undefined> {
    return await this.#holder(await this.#options.createLock({}), wait);
  }

  /** Who holds a lock and may still be alive. */
  async #holder(lock: DatastoreLock, wait?: LockWait): Promise<FoundLock | undefined> {
    const info = await this.#options.calls("inspect", () => lock.inspect());
    const found = info === null || info === undefined ? undefined : foundLock(info);
    if (found === undefined) return undefined;
    const isOver = wait === undefined ? isStale(found, Date.now()) : wait.isOver(found);
    return isOver ? undefined : found;
  }
}

/** A lock of a datastore that this process holds. */
interface HeldProviderLock extends HeldLock {
  /** Absent while it is given up for a moment. */
  lock: DatastoreLock | undefined;
  readonly guard: Disposable;
  released?: Promise<void>;
}
