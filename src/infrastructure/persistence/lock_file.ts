/**
 * The content of lock files and what it says about their holders (contract: cli-core 13.1).
 *
 * @module
 */
import { isMap } from "../../domain/models/definition_fields.ts";
import type { LockInfo } from "../../domain/repository/locks.ts";
import { processIsAlive } from "./process_alive.ts";

/** Time after which a holder that gives no sign of life has lost its lock. */
const TTL_MS = 30_000;

/**
 * A lock file whose content is no lock information is only being written, or is garbage after this.
 */
const WRITING_MS = 5_000;

/** No lock may claim to stay fresh for longer than this, whatever its `ttlMs`. */
const MAX_TTL_MS = 10 * 60_000;

/** A lock file as found on disk. */
export interface FoundLock {
  /** `undefined` when the file does not hold what a lock file holds. */
  readonly info: LockInfo | undefined;
  /** Time of the last change of the file, milliseconds since the epoch. */
  readonly changedAt: number;
}

/** Nonces of the locks that this process holds: its own id in a lock file proves nothing. */
export const heldNonces = new Set<string>();

/** What this process writes into a lock that it takes now. */
export function newLockInfo(): LockInfo {
  const hostname = Deno.hostname();
  const user = Deno.env.get("USER") || Deno.env.get("USERNAME") || "unknown";
  return {
    holder: `${user}@${hostname}`,
    hostname,
    pid: Deno.pid,
    acquiredAt: new Date().toISOString(),
    ttlMs: TTL_MS,
    nonce: crypto.randomUUID(),
  };
}

/** The text of a lock file. */
export function lockText(info: LockInfo): string {
  return `${JSON.stringify(info, null, 2)}\n`;
}

/** Reads a lock file; `undefined` when there is none. */
export function readLock(path: string): FoundLock | undefined {
  try {
    const changedAt = Deno.statSync(path).mtime?.getTime() ?? 0;
    return { info: parseLock(Deno.readTextFileSync(path)), changedAt };
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return undefined;
    throw error;
  }
}

/**
 * Whether a lock can be taken over: its holder gave no sign of life for as long as the lock allows,
 * or is a process of this machine that is gone. A time of the future counts as that of the file's
 * last change, and so cannot keep a lock for ever.
 *
 * @param now milliseconds since the epoch.
 */
export function isStale({ info, changedAt }: FoundLock, now: number): boolean {
  if (info === undefined) return Math.abs(now - changedAt) > WRITING_MS;
  if (heldNonces.has(info.nonce)) return false;
  if (info.hostname === Deno.hostname() && (info.pid === Deno.pid || !processIsAlive(info.pid))) {
    return true;
  }
  const claimed = Date.parse(info.acquiredAt);
  const lastSign = claimed <= now + info.ttlMs ? claimed : Math.min(changedAt, now);
  return now - lastSign > info.ttlMs;
}

function parseLock(text: string): LockInfo | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isMap(value)) return undefined;
  const { holder, hostname, pid, acquiredAt, ttlMs, nonce } = value;
  const isText = (field: unknown): field is string => typeof field === "string" && field !== "";
  if (!isText(holder) || !isText(hostname) || !isText(nonce) || !isText(acquiredAt)) {
    return undefined;
  }
  if (typeof pid !== "number" || Number.isNaN(Date.parse(acquiredAt))) return undefined;
  const hasTtl = typeof ttlMs === "number" && ttlMs > 0;
  const ttl = hasTtl ? Math.min(ttlMs, MAX_TTL_MS) : TTL_MS;
  return { holder, hostname, pid, acquiredAt, ttlMs: ttl, nonce };
}
