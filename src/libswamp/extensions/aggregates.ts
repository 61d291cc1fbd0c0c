import type { SourceHealth, SourceOwner } from "../../domain/extensions/extension_health.ts";
import type { PackagesHealth } from "../../domain/extensions/package_health.ts";
import { STATE_TAGS } from "./state_tags.ts";

/** Sources that belong together: an installed package, or what is developed as one. */
export interface Aggregate extends SourceOwner {
  readonly sourceCount: number;
  /** Number of sources in each state. */
  readonly stateDistribution: Readonly<Record<string, number>>;
  /** Model types of others that its sources add something to. */
  readonly extends: readonly string[];
}

/** The aggregates in the order of precedence: local, from elsewhere, pulled; by name within each. */
export function aggregatesOf(
  sources: readonly SourceHealth[],
  { packages }: PackagesHealth,
): Aggregate[] {
  const counted = sources.filter(({ condition }) => condition !== "helper");
  const members = Map.groupBy(counted, ({ owner }) => keyOf(owner));
  const listed = packages.filter(({ condition }) => condition !== "unlisted")
    .map(({ name, version }): SourceOwner => ({ origin: "pulled", name, version }));
  const owners = new Map(
    [...listed, ...counted.map(({ owner }) => owner)].map((owner) => [keyOf(owner), owner]),
  );
  return [...owners].map(([key, owner]) => aggregateOf(owner, members.get(key) ?? []))
    .sort((a, b) => ORDER[a.origin] - ORDER[b.origin] || (a.name < b.name ? -1 : 1));
}

const ORDER: Readonly<Record<SourceOwner["origin"], number>> = { local: 0, source: 1, pulled: 2 };

function keyOf({ origin, name }: SourceOwner): string {
  return `${origin}:${name}`;
}

function aggregateOf(owner: SourceOwner, sources: readonly SourceHealth[]): Aggregate {
  const claims = sources.flatMap(({ types }) => types).filter(({ holds }) => holds);
  const own = new Set(claims.filter(({ kind }) => kind === "model").map(({ type }) => type));
  const extended = claims.filter(({ kind, type }) => kind === "extension" && !own.has(type));
  return {
    ...owner,
    sourceCount: sources.length,
    stateDistribution: countsOf(sources.map(({ condition }) => STATE_TAGS[condition])),
    extends: [...new Set(extended.map(({ type }) => type))].sort(),
  };
}

function countsOf(words: readonly string[]): Record<string, number> {
  const groups = Object.groupBy(words, (word) => word);
  return Object.fromEntries(Object.entries(groups).map(([word, all]) => [word, all!.length]));
}
