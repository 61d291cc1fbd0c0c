import { join } from "@std/path";
import type { PackageEffects } from "../../domain/extensions/package_store.ts";
import { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import { CATALOG_FILE } from "./extension_index.ts";
import { MISSING, statOf } from "./file_stat.ts";

/** What an installed package does to the types of a repository, as its catalog has it. */
export function packageEffects(repositoryRoot: string, name: string): PackageEffects {
  const path = join(repositoryRoot, ".swamp", CATALOG_FILE);
  if (statOf(path) === MISSING) return { extends: [], problems: [] };
  using store = ExtensionCatalogStore.open(path);
  const rows = store.sources().filter((row) => row.package === name);
  const sources = new Set(rows.map(({ sourcePath }) => sourcePath));
  const claims = store.claims().filter(({ sourcePath }) => sources.has(sourcePath));
  const own = new Set(claims.filter(({ kind }) => kind === "model").map(({ type }) => type));
  const extended = claims.filter(({ kind, type }) => kind === "extension" && !own.has(type));
  return {
    extends: [...new Set(extended.map(({ type }) => type))].sort(),
    problems: [
      ...rows.filter(({ state }) => state === "broken")
        .map(({ sourcePath, error }) => ({ file: sourcePath, message: error })),
      ...store.problems().filter(({ source }) => sources.has(source))
        .map(({ source, message }) => ({ file: source, message })),
    ],
  };
}
