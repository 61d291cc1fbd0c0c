import { normalizeTypeName } from "../../../../domain/extensions/type_name.ts";
import { type RankedTypes, rankTypes } from "../../../../domain/extensions/type_ranking.ts";
import type { ModelTypes, TypeSummary } from "../../../../domain/models/model_types.ts";
import { describeType, type TypeDocument } from "../../../../libswamp/types/describe.ts";
import { renderType } from "../../../output/types/describe.ts";
import { MODEL_TYPES } from "../../../output/types/search.ts";
import type { Choice } from "../../../picker/choice.ts";

/** The model types that somebody may pick, the most likely first. */
export function modelTypeChoice(types: ModelTypes): Choice<TypeSummary, TypeDocument> {
  const all = types.summaries();
  return {
    listing: MODEL_TYPES,
    find: (query) => matchesOrRelated(rankTypes(all, query)),
    names: ({ normalized }) => [normalized],
    normalize: normalizeTypeName,
    get: ({ normalized }) => Promise.resolve(describeType(types, normalized)),
    render: renderType,
  };
}

/** What matches; where nothing does, what is near. */
function matchesOrRelated({ matches, related }: RankedTypes): readonly TypeSummary[] {
  return matches.length > 0 ? matches : related;
}
