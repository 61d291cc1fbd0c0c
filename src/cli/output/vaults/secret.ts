import type { DeletedSecretDocument } from "../../../libswamp/vaults/delete_secret.ts";
import type { PutSecretDocument } from "../../../libswamp/vaults/put_secret.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** A secret that was stored: its key, never its value. */
export function renderPutSecret(
  { secretKey, vaultName, overwritten }: PutSecretDocument,
  { style }: Page,
): string {
  const place = `"${printable(secretKey)}" in vault "${printable(vaultName)}"`;
  return `${style.green("Stored secret")} ${place}${overwritten ? ", replacing another" : ""}`;
}

/** A secret that was deleted. */
export function renderDeletedSecret(
  { secretKey, vaultName }: DeletedSecretDocument,
  { style }: Page,
): string {
  const what = style.green("Deleted secret");
  return `${what} "${printable(secretKey)}" from vault "${printable(vaultName)}"`;
}
