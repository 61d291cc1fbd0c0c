import type { VaultSearchDocument } from "../../../libswamp/vaults/search.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";

/** Vaults as a table. */
export function renderVaultSearch({ query, results }: VaultSearchDocument, page: Page): string {
  const { style } = page;
  if (results.length === 0) {
    return query === ""
      ? `No vaults yet. ${style.cyan("swamp vault create local_encryption <name>")} makes one.`
      : `No vault matches "${query}".`;
  }
  const rows = results.map(({ name, type, createdAt, id }) => [
    style.cyan(name),
    type,
    createdAt,
    style.dim(id),
  ]);
  return table(["NAME", "TYPE", "CREATED", "ID"], rows, page);
}
