import type { ModelTypes } from "../../../domain/models/model_types.ts";
import type { CommandContext } from "../../context.ts";
import { warnOfFailures } from "../../output/types/failures.ts";

/**
 * The model types for use cases; sources that cannot be used are reported when types are first asked
 * for.
 */
export function reportedTypes(
  { output, services }: CommandContext,
): (onlyType?: string) => Promise<ModelTypes> {
  let isReported = false;
  return async (onlyType) => {
    const types = await services.modelTypes(onlyType);
    if (!isReported) warnOfFailures(types, output);
    isReported = true;
    return types;
  };
}
