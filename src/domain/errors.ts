/**
 * The errors that swamp expects. Anything else that is thrown is a bug and is reported as one.
 *
 * @module
 */

/** Exit codes that scripts rely on (contract: cli-core 2.4, IMP-65). */
export const EXIT_CODES = {
  success: 0,
  failure: 1,
  unknownCommand: 2,
  lockTimeout: 75,
  interrupted: 130,
} as const;

/** Optional parts of a {@linkcode UserError}. */
export interface UserErrorOptions {
  /** Process exit code, 1 unless told. */
  readonly exitCode?: number;
  /** Further fields of the JSON error document, beside `error` and `code`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** What went wrong underneath; shown at debug level only. */
  readonly cause?: unknown;
}

/**
 * A failure that a user can act on: its message says what, where and what to do next. It is shown
 * without a stack trace.
 *
 * @example
 * ```ts
 * throw new UserError("model_not_found", `Model not found: ${name}`);
 * ```
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** Stable, machine-readable identifier in snake_case. */
  readonly code: string;
  /** Process exit code. */
  readonly exitCode: number;
  /** Further fields of the JSON error document. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.exitCode = options.exitCode ?? EXIT_CODES.failure;
    this.fields = options.fields ?? {};
  }
}

/**
 * The text of anything that was thrown: an error's message, or the value itself as text.
 *
 * @example
 * ```ts
 * messageOf(new Error("no")); // "no"
 * messageOf({ code: 5 }); // '{"code":5}'
 * ```
 */
export function messageOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  if ("message" in thrown && typeof thrown.message === "string") return thrown.message;
  try {
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    return String(thrown);
  }
}
