import type { DataScope } from "../../domain/data/data.ts";
import { EXIT_CODES, UserError } from "../../domain/errors.ts";
import { type FoundLock, isStale } from "./lock_file.ts";

/** How locks behave. */
export interface LockOptions {
  /** Tells the user, in one line, what is being waited for. */
  readonly notice: (message: string) => void;
  /** Longest wait in milliseconds, 60 000 unless told; 0 fails at once. */
  readonly waitMs?: number;
  /**
   * Called with a lock that was waited for, before anything is done under it: whoever held it may have
   * changed what it is for. Throws to give the lock up.
   */
  readonly afterWaiting?: () => Promise<void>;
  /** Ends a wait when aborted, with the signal's reason. */
  readonly signal?: AbortSignal;
}

const DEFAULT_WAIT_MS = 60_000;
/** Who waits for longer is told why. */
export const SILENT_MS = 1_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** One wait for a lock: how long it may last, and who is told. */
export class LockWait {
  readonly #path: string;
  readonly #options: LockOptions;
  readonly #scope: DataScope | undefined;
  readonly #startedAt = performance.now();
  #pauseMs = FIRST_PAUSE_MS;
  #wasTold = false;
  #hasWaited = false;
  #sign: { readonly text: string; readonly seenAt: number } | undefined;

  /** @param scope the model whose lock it is; nothing for the global lock. */
  constructor(path: string, options: LockOptions, scope?: DataScope) {
    this.#path = path;
    this.#options = options;
    this.#scope = scope;
  }

  /** Whether somebody else held the lock. */
  get hasWaited(): boolean {
    return this.#hasWaited;
  }

  /**
   * Whether nobody holds the lock that was found: it is stale, or its holder gave no sign of life
   * while we watched for as long as the lock allows, whatever the clocks say.
   */
  isOver(found: FoundLock): boolean {
    if (isStale(found, Date.now())) return true;
    if (found.info === undefined) return false;
    const text = `${found.info.nonce} ${found.info.acquiredAt}`;
    const now = performance.now();
    if (this.#sign?.text !== text) this.#sign = { text, seenAt: now };
    return now - this.#sign.seenAt > found.info.ttlMs;
  }

  /**
   * Waits a little longer than the last time.
   *
   * @throws {UserError} `lock_timeout` when the wait has lasted long enough.
   * @throws the signal's reason when that is aborted.
   */
  async pause(found: FoundLock): Promise<void> {
    const waited = performance.now() - this.#startedAt;
    const left = (this.#options.waitMs ?? DEFAULT_WAIT_MS) - waited;
    this.#hasWaited = true;
    if (left <= 0) throw lockTimeout(this.#path, found, waited, this.#scope);
    if (waited >= SILENT_MS && !this.#wasTold) {
      this.#wasTold = true;
      this.#options.notice(`waiting for ${holderOf(found)} …`);
    }
    await pause(Math.min(this.#pauseMs, left), this.#options.signal);
    this.#pauseMs = Math.min(this.#pauseMs * 1.5, LONGEST_PAUSE_MS);
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Who holds a lock, for people. */
export function holderOf({ info }: FoundLock): string {
  if (info === undefined) return "the writer of a lock file without content";
  return `${info.holder} (pid ${info.pid}, host ${info.hostname})`;
}

/**
 * The failure of who waited for a lock for too long.
 *
 * @param waited milliseconds.
 * @param scope the model whose lock it is; nothing for the global lock.
 */
export function lockTimeout(
  path: string,
  { info, changedAt }: FoundLock,
  waited: number,
  scope: DataScope | undefined,
): UserError {
  const holder = info === undefined ? "" : ` held by ${info.holder} (pid ${info.pid})`;
  const since = info === undefined ? changedAt : Date.parse(info.acquiredAt);
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
  const sign = info === undefined
    ? `The file holds no lock information and is ${seconds} s old.`
    : `Its last sign of life, on host ${info.hostname}, is ${seconds} s old.`;
  const whose = scope === undefined ? "" : ` --model ${scope.type}/${scope.modelId}`;
  return new UserError(
    "lock_timeout",
    `Lock "${path}"${holder} — timed out after ${Math.round(waited)}ms. ${sign} If nobody is at ` +
      `work, 'swamp datastore lock release --force${whose}' removes it.`,
    { exitCode: EXIT_CODES.lockTimeout },
  );
}
