import { messageOf, UserError } from "../../domain/errors.ts";
import type { Redactor } from "../../domain/redactor.ts";

/** What went wrong in a run, without secrets. */
export interface RunFailure {
  readonly error: unknown;
  readonly message: string;
}

/** A failure without secrets in its message, its stack and its causes. */
export function redactedFailure(error: unknown, redactor: Redactor): RunFailure {
  const message = messageOf(error) || (error instanceof Error ? error.name : "unknown error");
  if (!redactor.hasSecrets) return { error, message };
  return { error: redacted(error, redactor), message: redactor.redact(message) };
}

function redacted(error: unknown, redactor: Redactor): unknown {
  if (!(error instanceof Error)) return redactor.redact(messageOf(error));
  const { message, stack = "", cause } = error;
  const options = cause === undefined ? {} : { cause: redacted(cause, redactor) };
  const copy = error instanceof UserError
    ? new UserError(error.code, redactor.redact(message), {
      ...options,
      exitCode: error.exitCode,
      fields: redactor.redactData(error.fields),
    })
    : new Error(redactor.redact(message), options);
  copy.stack = redactor.redact(stack);
  return copy;
}
