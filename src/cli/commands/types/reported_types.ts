import type { ProviderTypes } from "../../../domain/extensions/provider_types.ts";
import type { ProviderKind } from "../../../domain/extensions/shapes/provider_shape.ts";
import type { CommandContext } from "../../context.ts";
import { warnOfFailures } from "../../output/types/failures.ts";

/**
 * The types of a kind for use cases: looked up when they are first asked for, and sources that cannot
 * be used are reported then.
 */
export function reportedProviderTypes(
  { output, services }: CommandContext,
  kind: ProviderKind,
): () => Promise<ProviderTypes> {
  let opened: Promise<ProviderTypes> | undefined;
  const open = async () => {
    const types = await services.providerTypes(kind);
    warnOfFailures(types, output);
    return types;
  };
  return () => opened ??= open();
}
