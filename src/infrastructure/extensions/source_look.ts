import type {
  BatchHealth,
  SourceCondition,
  SourceHealth,
} from "../../domain/extensions/extension_health.ts";
import { kindsOfFolder } from "../../domain/extensions/kinds.ts";
import type { CatalogContent } from "./catalog_look.ts";
import { sourceKey } from "./source_key.ts";
import type { SourceRoot } from "./source_roots.ts";

type Row = CatalogContent["sources"][number];

/** The state of every source that a catalog knows, sorted by path. */
export function lookAtSources(
  repositoryRoot: string,
  roots: readonly SourceRoot[],
  content: CatalogContent,
  batches: readonly BatchHealth[],
): SourceHealth[] {
  const hashes = new Map(content.files.map(({ path, hash }) => [path, hash]));
  const claims = Map.groupBy(content.claims, ({ sourcePath }) => sourcePath);
  const problems = Map.groupBy(content.problems, ({ source }) => source);
  const isDamaged = damagedBundles(content, batches);
  return content.sources.map((row): SourceHealth => {
    const types = (claims.get(row.sourcePath) ?? [])
      .map(({ kind, type, active }) => ({ kind, type, holds: active }));
    const condition = conditionOf(row, types, isDamaged(row));
    const refused = (problems.get(row.sourcePath) ?? []).map(({ message }) => message).join("\n");
    return {
      source: row.sourcePath,
      kind: types[0]?.kind ?? kindsOfFolder(row.folder)[0]!.kind,
      origin: originOf(repositoryRoot, roots[row.rank]),
      condition,
      error: condition === "shadowed" ? refused : row.error,
      transient: row.transient,
      hash: hashes.get(row.sourcePath) ?? "",
      bundlePath: row.bundlePath,
      types,
    };
  }).sort((a, b) => a.source < b.source ? -1 : 1);
}

function conditionOf(
  { state, bundlePath }: Row,
  types: readonly { readonly holds: boolean }[],
  isDamaged: boolean,
): SourceCondition {
  if (state === "broken") return bundlePath === "" ? "unbuildable" : "invalid";
  if (state === "helper") return "helper";
  if (isDamaged) return "damaged";
  return types.some(({ holds }) => holds) ? "ok" : "shadowed";
}

/**
 * Tells sources whose bundle is damaged. A file that is nobody's own bundle, such as a chunk of shared
 * code, may be needed by every source of its batch.
 */
function damagedBundles(
  { sources }: CatalogContent,
  batches: readonly BatchHealth[],
): (row: Row) => boolean {
  const bundles = new Set(sources.map(({ bundlePath }) => bundlePath));
  const own = new Set<string>();
  const shared = new Set<string>();
  for (const { path, damage } of batches) {
    for (const { file } of damage) {
      if (bundles.has(`${path}/${file}`)) own.add(`${path}/${file}`);
      else shared.add(path);
    }
  }
  return ({ batch, bundlePath }) => shared.has(batch) || own.has(bundlePath);
}

/** The folder outside the repository that a source root belongs to, empty for the repository's own. */
function originOf(repositoryRoot: string, root: SourceRoot | undefined): string {
  const isOwn = root === undefined || root.base === repositoryRoot || root.base === root.path;
  return isOwn ? "" : sourceKey(repositoryRoot, root.base);
}
