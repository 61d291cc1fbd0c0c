import { durationMilliseconds } from "../domain/data/lifetime.ts";
import { UserError } from "../domain/errors.ts";

/**
 * The time that lies a duration such as `7d` before `now`, in milliseconds since the epoch, not before
 * the epoch.
 *
 * @throws {UserError} `invalid_duration`
 *
 * @example
 * ```ts
 * since("1h", Date.parse("2026-11-20T12:00:00Z")); // 11:00 of that day
 * ```
 */
export function since(duration: string, now: number): number {
  const milliseconds = durationMilliseconds(duration);
  if (milliseconds !== undefined) return Math.max(0, now - milliseconds);
  throw new UserError(
    "invalid_duration",
    `Invalid duration format: "${duration}". Expected format like 1h, 1d, 7d, 1w, 1mo`,
  );
}
