import { normalizeProviderName } from "../extensions/type_name.ts";
import { isMap } from "../repository/settings_check.ts";
import type { Vault } from "./vault.ts";
import { unsafeVaultNameReason } from "./vault_name.ts";
import { renamedVaultType } from "./renamed_types.ts";

/** What plain data says about a vault: the vault itself, or everything that is wrong. */
export type ReadVault =
  | {
    readonly vault: Vault;
    /** The type that the document names, where it was renamed since. */
    readonly renamedFrom?: string;
    readonly problems?: never;
  }
  | { readonly problems: readonly string[]; readonly vault?: never };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is an id as vaults have it. */
function isVaultId(text: string): boolean {
  return UUID.test(text);
}

/** The plain data that a vault is stored as, keys in the order of the format. */
export function vaultDocument({ id, name, type, config, createdAt }: Vault): Vault {
  return { id, name, type, config, createdAt };
}

/**
 * Reads plain data as a vault. Unknown fields are ignored.
 *
 * @param document what the YAML says.
 */
export function readVault(document: unknown): ReadVault {
  if (!isMap(document)) return { problems: ["a vault must be a map of fields"] };
  const problems: string[] = [];
  const text = (field: string): string => {
    const value = document[field];
    if (typeof value === "string" && value.trim() !== "") return value;
    problems.push(value === undefined ? `${field} is missing` : `${field} must be a text`);
    return "";
  };
  const id = text("id");
  if (id !== "" && !isVaultId(id)) problems.push("id must be a UUID");
  const name = text("name");
  const unsafe = name === "" ? undefined : unsafeVaultNameReason(name);
  if (unsafe !== undefined) problems.push(`name ${unsafe}`);
  const type = normalizeProviderName(text("type"));
  const createdAt = text("createdAt");
  const config = document.config ?? {};
  if (!isMap(config)) problems.push("config must be a map");
  if (problems.length > 0 || !isMap(config)) return { problems };
  const renamed = renamedVaultType(type);
  return {
    vault: { id, name, type: renamed ?? type, config, createdAt },
    ...(renamed === undefined ? {} : { renamedFrom: type }),
  };
}
