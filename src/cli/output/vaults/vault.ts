import type { StoredVaultDocument } from "../../../libswamp/vaults/get.ts";
import type { VaultDocument } from "../../../libswamp/vaults/vault_documents.ts";
import type { Page } from "../output.ts";
import { dataLines } from "../plain_data.ts";
import { printable } from "../printable.ts";

/** A vault for people. */
export function renderVault(document: VaultDocument, page: Page): string {
  return vaultLines(document, page, []).join("\n");
}

/** A vault and where it is stored. */
export function renderStoredVault(document: StoredVaultDocument, page: Page): string {
  const path = `${page.style.bold("Path:")} ${printable(document.storagePath)}`;
  return vaultLines(document, page, [path]).join("\n");
}

function vaultLines(
  { name, type, id, createdAt, config }: VaultDocument,
  { style }: Page,
  more: readonly string[],
): string[] {
  const hasConfig = Object.keys(config).length > 0;
  return [
    `${style.bold("Name:")} ${style.bold(printable(name))} (${printable(type)})`,
    `${style.bold("ID:")} ${id}`,
    `${style.bold("Created:")} ${printable(createdAt)}`,
    ...more,
    ...(hasConfig ? [style.bold("Config:"), ...dataLines(config, "  ")] : []),
  ];
}
