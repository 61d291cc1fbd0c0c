import type { CreatedVaultDocument } from "../../../libswamp/vaults/create.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** A vault that was just created. */
export function renderCreatedVault(
  { name, typeName }: CreatedVaultDocument,
  { style }: Page,
): string {
  return `${style.green("Created vault:")} "${name}" ("${printable(typeName)}")`;
}
