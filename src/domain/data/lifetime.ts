/**
 * The forms of `lifetime` and `garbageCollection` (contract: authoring 3.2).
 *
 * @module
 */

/** A number and a unit: minutes, hours, days, weeks, months of 30 or years of 365 days. */
export const DURATION = /^\d+(m|h|d|w|mo|y)$/;

/** Keywords that a lifetime may be instead of a duration. */
export const LIFETIME_KEYWORDS = ["infinite", "ephemeral", "job", "workflow"] as const;

/** What is wrong with a duration that does not match {@linkcode DURATION}. */
export const DURATION_TEXT =
  "Duration must match pattern like '1h', '5m', '10d', '2w', '1mo', '10y'";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  m: MINUTE,
  h: 60 * MINUTE,
  d: DAY,
  w: 7 * DAY,
  mo: 30 * DAY,
  y: 365 * DAY,
};

/**
 * A duration in milliseconds, or `undefined` when `text` is none.
 *
 * @example
 * ```ts
 * durationMilliseconds("2h"); // 7_200_000
 * durationMilliseconds("infinite"); // undefined
 * ```
 */
export function durationMilliseconds(text: string): number | undefined {
  const unit = DURATION.exec(text)?.[1];
  if (unit === undefined) return undefined;
  return Number.parseInt(text, 10) * UNIT_MILLISECONDS[unit]!;
}

/** Whether `value` may be a lifetime. */
export function isLifetime(value: unknown): value is string {
  return typeof value === "string" &&
    ((LIFETIME_KEYWORDS as readonly string[]).includes(value) || DURATION.test(value));
}

/** A lifetime as it is stored: a duration of zero means that the data goes with its workflow. */
export function storedLifetime(lifetime: string): string {
  return durationMilliseconds(lifetime) === 0 ? "workflow" : lifetime;
}

/** What is wrong with a `garbageCollection` setting, or `undefined` when it can be used. */
export function garbageCollectionProblem(value: unknown): string | undefined {
  if (typeof value === "number") {
    if (!Number.isInteger(value)) return "Garbage collection count must be an integer";
    return value > 0 ? undefined : "Too small: expected number to be >0";
  }
  if (typeof value !== "string" || !DURATION.test(value)) return DURATION_TEXT;
  return durationMilliseconds(value) === 0
    ? "Garbage collection duration must be greater than zero"
    : undefined;
}
