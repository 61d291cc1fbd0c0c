import type { VaultKeysDocument } from "../../../libswamp/vaults/list_keys.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** The keys of a vault, one a line. */
export function renderKeys(
  { vaultName, vaultType, secretKeys, count }: VaultKeysDocument,
  { style }: Page,
): string {
  return [
    `Vault "${style.bold(printable(vaultName))}" ("${vaultType}"): ${count} key(s)`,
    ...secretKeys.map((key) => `  ${printable(key)}`),
  ].join("\n");
}
