import type { StoredVault } from "../../domain/vaults/vault.ts";
import { maskConfig } from "../../domain/vaults/config_mask.ts";
import { describeVaultType, type VaultTypesSource } from "../../domain/vaults/vault_types.ts";

/** JSON document of `vault describe` (contract: cli-automation 6.2). */
export interface VaultDocument {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** As stored, with `***` for what looks like a secret. */
  readonly config: Readonly<Record<string, unknown>>;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

/** The document of a vault. */
export async function vaultDocumentOf(
  { vault }: StoredVault,
  types: VaultTypesSource,
): Promise<VaultDocument> {
  const { id, name, type, config, createdAt } = vault;
  const schema = (await describeVaultType(type, types))?.configSchema;
  return { id, name, type, config: maskConfig(config, schema), createdAt };
}
