import type { VaultSearchDocument, VaultSummary } from "../../../libswamp/vaults/search.ts";
import type { Listing } from "../listing.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";

/** How vaults are listed. */
export const VAULTS: Listing<VaultSummary> = {
  noun: "vault",
  headings: ["NAME", "TYPE", "CREATED", "ID"],
  cells: ({ name, type, createdAt, id }, style) => [
    style.cyan(name),
    type,
    createdAt,
    style.dim(id),
  ],
};

/** Vaults as a table. */
export function renderVaultSearch({ query, results }: VaultSearchDocument, page: Page): string {
  const { style } = page;
  if (results.length === 0) {
    return query === ""
      ? `No vaults yet. ${style.cyan("swamp vault create local_encryption <name>")} makes one.`
      : `No vault matches "${query}".`;
  }
  return table(VAULTS.headings, results.map((vault) => VAULTS.cells(vault, style)), page);
}
