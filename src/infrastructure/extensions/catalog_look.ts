import { messageOf } from "../../domain/errors.ts";
import type { Problem } from "../../domain/extensions/claims.ts";
import type { CatalogHealth } from "../../domain/extensions/extension_health.ts";
import { TypeRegistry } from "../../domain/extensions/type_registry.ts";
import type { ModelRegistry } from "../../domain/models/model_types.ts";
import { BUILT_IN_MODELS } from "../../domain/models/builtin/mod.ts";
import type {
  PackageRow,
  SourceRow,
  TrackedFile,
  TypeRow,
} from "../persistence/extension_catalog_rows.ts";
import { CATALOG_LAYOUT } from "../persistence/extension_catalog_schema.ts";
import { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import { CatalogTypes } from "./catalog_types.ts";
import { MISSING, statOf } from "./file_stat.ts";
import { checkFreshness, type FreshnessQuestion } from "./freshness.ts";
import { modelBehavior } from "./model_behavior.ts";
import { isLocked } from "./obstacle.ts";
import type { SourceKey } from "./source_key.ts";

/** Everything that a catalog says. */
export interface CatalogContent {
  readonly sources: readonly (SourceRow & { readonly imports: readonly SourceKey[] })[];
  readonly claims: readonly (TypeRow & { readonly active: boolean })[];
  readonly problems: readonly Problem[];
  readonly files: readonly TrackedFile[];
  readonly packages: readonly PackageRow[];
  /** Folders of bundles in use. */
  readonly batches: readonly SourceKey[];
  /** Batch → those that its code is imported from. */
  readonly requirements: ReadonlyMap<SourceKey, readonly SourceKey[]>;
}

/** A catalog as it was found. */
export interface CatalogLook {
  readonly health: Omit<CatalogHealth, "path" | "isBuilding">;
  /** `undefined` if it cannot be read or is of another layout. */
  readonly content?: CatalogContent;
}

/**
 * Reads a whole catalog without changing it.
 *
 * @param path absolute path
 * @param question what its freshness is judged by
 */
export async function lookAtCatalog(
  path: string,
  question: Omit<FreshnessQuestion, "store">,
): Promise<CatalogLook> {
  const { size } = statOf(path);
  const health = { bytes: Math.max(0, size), error: "", stale: "" };
  if (size === MISSING.size) return { health: { ...health, state: "missing" } };
  try {
    using store = ExtensionCatalogStore.openReadOnly(path);
    const layout = store.layout();
    if (layout === undefined) return { health: { ...health, state: "missing" } };
    if (layout !== CATALOG_LAYOUT) return { health: { ...health, state: "outdated", layout } };
    const { reason } = await checkFreshness({ ...question, store });
    return {
      health: { ...health, state: "ok", layout, stale: reason },
      content: contentOf(store),
    };
  } catch (thrown) {
    const isWritten = isLocked(thrown) || statOf(`${path}-journal`) !== MISSING;
    const state = isWritten ? "writing" : "damaged";
    return { health: { ...health, state, error: messageOf(thrown) } };
  }
}

function contentOf(store: ExtensionCatalogStore): CatalogContent {
  return {
    sources: store.sources(),
    claims: store.claims(),
    problems: [...store.problems(), ...methodConflicts(store)],
    files: store.files(),
    packages: store.packages(),
    batches: store.batches(),
    requirements: new Map(store.batches().map((batch) => [batch, store.requirements(batch)])),
  };
}

/** Methods and checks that several extensions of a model type bring along. */
function methodConflicts(catalog: ExtensionCatalogStore): readonly Problem[] {
  const settings = { repositoryRoot: "", trace: () => {}, warn: () => {} };
  const behavior = modelBehavior(settings);
  const registry: ModelRegistry = new TypeRegistry();
  return new CatalogTypes({ behavior, registry, builtIns: BUILT_IN_MODELS, catalog }).conflicts();
}
