import type { DeletedVaultDocument } from "../../../libswamp/vaults/delete.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** A vault that was deleted, and what became of its secrets. */
export function renderDeletedVault(
  { deleted: { name, type }, secretsDeleted, notDeleted = [] }: DeletedVaultDocument,
  { style }: Page,
): string {
  const secrets = secretsDeleted === 0 ? "" : ` and its ${secretsDeleted} secret(s)`;
  const of = type === "" ? "" : ` ("${printable(type)}")`;
  return [
    `${style.green("Deleted vault:")} "${printable(name)}"${of}${secrets}`,
    ...notDeleted.map(({ what, reason }) =>
      `${style.red("Not deleted:")} its ${what}, because ${printable(reason)}`
    ),
  ].join("\n");
}
