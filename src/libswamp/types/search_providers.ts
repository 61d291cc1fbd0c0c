import type { ProviderDescriptor } from "../../domain/extensions/descriptor.ts";
import type { ProviderTypes } from "../../domain/extensions/provider_types.ts";
import { type RankedTypes, rankTypes } from "../../domain/extensions/type_ranking.ts";

/** A vault, driver or datastore type, or a report, as lists show it (contract: cli-automation 6.2). */
export interface ProviderSummaryDocument {
  /** As the author wrote it. */
  readonly type: string;
  /** Display name; of a report the same as `type`. */
  readonly name: string;
  readonly description: string;
  /** Reports only. */
  readonly scope?: "method" | "model" | "workflow";
  /** Reports only. */
  readonly labels?: readonly string[];
}

/** JSON document of `vault type search` and the same for other kinds. */
export interface ProviderSearchDocument {
  readonly query: string;
  readonly results: readonly ProviderSummaryDocument[];
  /** Only with a query that nothing matched. */
  readonly hint?: string;
}

/** What was found for a query: for machines, and, the most likely first, for people. */
export interface ProviderSearch {
  readonly document: ProviderSearchDocument;
  readonly ranked: RankedTypes<RankedProvider>;
}

/** A type as people get to see it. */
export interface RankedProvider extends ProviderSummaryDocument {
  readonly normalized: string;
}

/** The types whose type name, display name or description contains the query, in any case. */
export function searchProviders(types: ProviderTypes, query: string): ProviderSearch {
  const all = allProviders(types);
  const results = all
    .filter((provider) => mentionsProvider(provider, query))
    .map(({ normalized: _, ...result }) => result);
  const hint = query !== "" && results.length === 0
    ? { hint: `No local types matched. Try: swamp extension search ${query}` }
    : {};
  return { document: { query, results, ...hint }, ranked: rankTypes(all, query) };
}

/** Every type, in the order in which swamp lists them. */
export function allProviders(types: ProviderTypes): RankedProvider[] {
  return types.summaries().flatMap(({ normalized }) => {
    const descriptor = types.describe(normalized);
    return descriptor === undefined ? [] : [{ ...summaryDocument(descriptor), normalized }];
  });
}

/** Whether type name, display name or description of a type contains a text, in whatever case. */
export function mentionsProvider(
  { type, name, description }: ProviderSummaryDocument,
  query: string,
): boolean {
  const wanted = query.toLowerCase();
  return [type, name, description].some((text) => text.toLowerCase().includes(wanted));
}

/** What lists show of a type. */
export function summaryDocument(descriptor: ProviderDescriptor): ProviderSummaryDocument {
  const { raw, name, description, scope, labels } = descriptor;
  return {
    type: raw,
    name,
    description,
    ...(scope === undefined ? {} : { scope }),
    ...(labels === undefined ? {} : { labels }),
  };
}
