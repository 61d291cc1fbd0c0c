import { UserError } from "../domain/errors.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * How long to wait for locks that somebody else holds, in milliseconds; `undefined` if nobody said
 * (IMP-64). A number without a unit means seconds.
 *
 * @param flag value of `--wait`
 * @param variable value of `SWAMP_LOCK_WAIT`; empty counts as unset
 * @throws {UserError} `invalid_duration`
 *
 * @example
 * ```ts
 * waitLimit("2m", undefined); // 120000
 * waitLimit("0", undefined); // 0: fail at once
 * ```
 */
export function waitLimit(
  flag: string | undefined,
  variable: string | undefined,
): number | undefined {
  if (flag !== undefined) return duration(flag, "--wait");
  return variable ? duration(variable, "SWAMP_LOCK_WAIT") : undefined;
}

function duration(text: string, source: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim());
  if (match !== null) return Number(match[1]) * UNITS[match[2] ?? "s"]!;
  throw new UserError(
    "invalid_duration",
    `Invalid value for ${source}: "${text}". Expected a duration such as 500ms, 30s, 2m or 0`,
  );
}
