import { typeNoun } from "../../../domain/extensions/kinds.ts";
import { rankTypes } from "../../../domain/extensions/type_ranking.ts";
import type { ProviderTypes } from "../../../domain/extensions/provider_types.ts";
import type { ProviderKind } from "../../../domain/extensions/shapes/provider_shape.ts";
import { normalizeProviderName } from "../../../domain/extensions/type_name.ts";
import {
  describeProviderType,
  describeReport,
  type ProviderTypeDocument,
  type ReportDocument,
} from "../../../libswamp/types/describe_provider.ts";
import {
  allProviders,
  mentionsProvider,
  type RankedProvider,
} from "../../../libswamp/types/search_providers.ts";
import { renderProviderType, renderReport } from "../../output/types/provider.ts";
import { providerTypes, REPORTS } from "../../output/types/search.ts";
import type { Choice } from "../../picker/choice.ts";

/** The vault, driver or datastore types that somebody may pick, the most likely first. */
export function providerTypeChoice(
  kind: Exclude<ProviderKind, "report">,
  types: ProviderTypes,
): Choice<RankedProvider, ProviderTypeDocument> {
  return {
    ...found(types),
    listing: providerTypes(typeNoun(kind)),
    get: ({ normalized }) => Promise.resolve(describeProviderType(kind, types, normalized)),
    render: renderProviderType,
  };
}

/** The registered reports that somebody may pick, the most likely first. */
export function reportTypeChoice(types: ProviderTypes): Choice<RankedProvider, ReportDocument> {
  return {
    ...found(types),
    listing: REPORTS,
    get: ({ normalized }) => Promise.resolve(describeReport(types, normalized)),
    render: renderReport,
  };
}

/** What is the same for every kind. */
function found(
  types: ProviderTypes,
): Pick<Choice<RankedProvider, unknown>, "find" | "names" | "normalize"> {
  const all = allProviders(types);
  return {
    find: (query) => {
      const mentioning = all.filter((provider) => mentionsProvider(provider, query));
      const { matches } = rankTypes(mentioning, query);
      const first = new Set(matches);
      return [...matches, ...mentioning.filter((provider) => !first.has(provider))];
    },
    names: ({ normalized }) => [normalized],
    normalize: normalizeProviderName,
  };
}
