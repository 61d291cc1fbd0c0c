import type { ProviderTypes } from "../../../domain/extensions/provider_types.ts";
import type { ProviderKind } from "../../../domain/extensions/shapes/provider_shape.ts";
import type { CommandContext } from "../../context.ts";
import { warnOfFailures } from "../../output/types/failures.ts";

/**
 * The types of a kind for use cases: looked up when they are first asked for, and sources that cannot
 * be used are reported then; but not the one because of which the wanted type, a normalised one, is
 * not there: who asks for a type in this way says so himself.
 */
export function reportedProviderTypes(
  { output, services }: CommandContext,
  kind: ProviderKind,
): (wanted?: string) => Promise<ProviderTypes> {
  let opened: Promise<ProviderTypes> | undefined;
  const open = async (wanted: string | undefined) => {
    const types = await services.providerTypes(kind);
    warnOfFailures(types, output, wanted === undefined ? [] : [wanted]);
    return types;
  };
  return (wanted) => opened ??= open(wanted);
}
