import type { ModelTypes } from "../../../domain/models/model_types.ts";
import type { CommandContext } from "../../context.ts";
import { warnOfFailures } from "../../output/types/failures.ts";

/**
 * The model types for use cases; sources that cannot be used are reported when types are first asked
 * for. That the only wanted type is not there because its source is broken, the command says itself.
 */
export function reportedTypes(
  { output, services }: CommandContext,
): (onlyType?: string) => Promise<ModelTypes> {
  let isReported = false;
  return async (onlyType) => {
    const types = await services.modelTypes(onlyType);
    if (!isReported) warnOfFailures(types, output, onlyType === undefined ? [] : [onlyType]);
    isReported = true;
    return types;
  };
}
