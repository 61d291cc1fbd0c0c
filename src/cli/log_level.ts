import { UserError } from "../domain/errors.ts";
import { LOG_LEVELS, type LogLevel } from "../domain/repository/settings.ts";

/** Where a log level may come from, highest precedence first (contract: cli-core 1.4). */
export interface LogLevelSources {
  readonly quiet: boolean;
  /** Value of `--log-level`. */
  readonly flag: string | undefined;
  /** Value of `SWAMP_LOG_LEVEL`; empty counts as unset. */
  readonly variable: string | undefined;
  /** `logLevel` of `.swamp.yaml`, read only if it is needed. */
  readonly setting: () => Promise<string | undefined>;
}

/**
 * The log level to use. A bad flag is the user's mistake of this moment; a bad variable or setting may
 * be somebody else's, so it is reported to `warn` and `info` is used (IMP-3).
 *
 * @throws {UserError} `invalid_log_level` for a bad flag.
 */
export async function chooseLogLevel(
  { quiet, flag, variable, setting }: LogLevelSources,
  warn: (message: string) => void,
): Promise<LogLevel> {
  const asked = flag === undefined ? undefined : parseLogLevel(flag);
  if (flag !== undefined && asked === undefined) {
    throw new UserError(
      "invalid_log_level",
      `Invalid value for --log-level: "${flag}". Expected one of: ${LOG_LEVELS.join(", ")}`,
    );
  }
  if (quiet) return "error";
  if (asked !== undefined) return asked;

  const [source, text] = variable
    ? ["SWAMP_LOG_LEVEL", variable]
    : ["logLevel in .swamp.yaml", await setting()];
  if (text === undefined) return "info";
  const level = parseLogLevel(text);
  if (level === undefined) {
    warn(
      `Invalid ${source}: "${text}"; using "info". Expected one of: ${LOG_LEVELS.join(", ")}`,
    );
  }
  return level ?? "info";
}

/** A log level by its name in any case; `warn` means `warning`. */
export function parseLogLevel(text: string): LogLevel | undefined {
  const name = text.trim().toLowerCase();
  return name === "warn" ? "warning" : LOG_LEVELS.find((level) => level === name);
}
