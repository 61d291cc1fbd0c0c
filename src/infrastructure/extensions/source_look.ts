import type {
  BatchHealth,
  SourceCondition,
  SourceHealth,
} from "../../domain/extensions/extension_health.ts";
import { kindsOfFolder } from "../../domain/extensions/kinds.ts";
import type { CatalogContent } from "./catalog_look.ts";
import { MISSING, statOf } from "./file_stat.ts";
import { sourcePath } from "./source_key.ts";
import { ownerOf, type OwnerQuestion } from "./source_owners.ts";

type Row = CatalogContent["sources"][number];

/** The state of every source that a catalog knows, sorted by path. */
export function lookAtSources(
  owners: OwnerQuestion,
  content: CatalogContent,
  batches: readonly BatchHealth[],
): SourceHealth[] {
  const hashes = new Map(content.files.map(({ path, hash }) => [path, hash]));
  const claims = Map.groupBy(content.claims, ({ sourcePath }) => sourcePath);
  const problems = Map.groupBy(content.problems, ({ source }) => source);
  const hasDamagedBatch = damagedBundles(content, batches);
  const isDamaged = (row: Row) => hasDamagedBatch(row) || lacksShipped(owners.repositoryRoot, row);
  return content.sources.map((row): SourceHealth => {
    const types = (claims.get(row.sourcePath) ?? [])
      .map(({ kind, type, active }) => ({ kind, type, holds: active }));
    const condition = conditionOf(row, types, isDamaged(row));
    const refused = (problems.get(row.sourcePath) ?? []).map(({ message }) => message).join("\n");
    return {
      source: row.sourcePath,
      kind: types[0]?.kind ?? kindsOfFolder(row.folder)[0]!.kind,
      owner: ownerOf(owners, row),
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
 * code, may be needed by every source of its batch, and of those that require the batch.
 */
function damagedBundles(
  { sources, requirements }: CatalogContent,
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
  const mayNeed = (batch: string) => [batch, ...requirements.get(batch) ?? []];
  return ({ batch, bundlePath }) =>
    own.has(bundlePath) || mayNeed(batch).some((folder) => shared.has(folder));
}

/** Whether a source has no bundle any more that its package had for it. */
function lacksShipped(repositoryRoot: string, row: Row): boolean {
  return row.package !== "" && row.bundlePath !== "" &&
    statOf(sourcePath(repositoryRoot, row.bundlePath)) === MISSING;
}
