import { messageOf, UserError } from "../../domain/errors.ts";

/** What is told about something that was thrown. */
export interface Failure {
  readonly message: string;
  /** Stable, machine-readable identifier in snake_case. */
  readonly code: string;
  /** Further fields of the JSON document. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What to do next, where the message does not say it. */
  readonly hint?: string;
  /** Stack traces of the error and what caused it. */
  readonly stack: string;
  readonly exitCode: number;
}

const BUG_HINT =
  "This is a bug in swamp. Please report it with the output of the same command and --log-level debug.";

/** Sorts what was thrown: what users can act on, what the system refused, and bugs. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof SuppressedError) return failureOfBoth(thrown);
  const stack = stackOf(thrown);
  if (thrown instanceof UserError) {
    const { hint, ...fields } = thrown.fields;
    return {
      message: thrown.message,
      code: thrown.code,
      fields,
      ...(typeof hint === "string" ? { hint } : {}),
      stack,
      exitCode: thrown.exitCode,
    };
  }
  const message = messageOf(thrown);
  if (isSystemError(thrown)) {
    return { message, code: "system_error", fields: {}, stack, exitCode: 1 };
  }
  return { message, code: "internal_error", fields: {}, hint: BUG_HINT, stack, exitCode: 1 };
}

/** The command failed, and then so did what had to be done after it: locks and pushing. */
function failureOfBoth({ suppressed, error }: SuppressedError): Failure {
  const [first, second] = [failureOf(suppressed), failureOf(error)];
  return {
    ...first,
    message: `${first.message}\n${second.message}`,
    fields: { ...second.fields, ...first.fields },
    stack: `${first.stack}\n${second.stack}`,
  };
}

/** Whether the operating system refused something: no space left, no permission, no such file. */
function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && / \(os error \d+\)/.test(thrown.message);
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "";
  const own = thrown.stack ?? thrown.message;
  return thrown.cause === undefined
    ? own
    : `${own}\nCaused by: ${
      thrown.cause instanceof Error ? stackOf(thrown.cause) : Deno.inspect(thrown.cause)
    }`;
}
