import type { SourceFailure } from "../../../domain/extensions/extension_types.ts";
import type { Output } from "../output.ts";

/** One warning line for each source that cannot be used, in both output modes. */
export function warnOfFailures(
  types: { failures(): readonly SourceFailure[] },
  output: Output,
): void {
  for (const { subject, source, error, transient } of types.failures()) {
    const outlook = transient ? " (temporary: the next command tries again)" : "";
    output.warn(`Failed to load user ${subject} "${source}": ${error.split("\n")[0]}${outlook}`);
  }
}
