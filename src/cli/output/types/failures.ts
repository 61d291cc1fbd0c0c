import type { ExtensionTypes } from "../../../domain/extensions/extension_types.ts";
import { outlook } from "../../../libswamp/types/type_errors.ts";
import type { Output } from "../output.ts";

/** Types whose failures can be told. */
export type FallibleTypes = Pick<
  ExtensionTypes<unknown, unknown>,
  "describe" | "failures" | "failureOf"
>;

/**
 * One warning line for each source that cannot be used, in both output modes.
 *
 * @param wanted normalised types that the command says itself why they are not there: a source is told
 * once.
 */
export function warnOfFailures(
  types: FallibleTypes,
  output: Output,
  wanted: Iterable<string> = [],
): void {
  const told = new Set<string | undefined>();
  for (const type of new Set(wanted)) {
    if (types.describe(type) === undefined) told.add(types.failureOf(type)?.source);
  }
  for (const failure of types.failures()) {
    const { subject, source, error } = failure;
    if (told.has(source)) continue;
    const line = `${error.split("\n")[0]}${outlook(failure)}`;
    output.warn(`Failed to load user ${subject} "${source}": ${line}`);
  }
}
