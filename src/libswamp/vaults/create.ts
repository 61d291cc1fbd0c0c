import { UserError } from "../../domain/errors.ts";
import type { ProviderDescriptor } from "../../domain/extensions/descriptor.ts";
import { normalizeProviderName } from "../../domain/extensions/type_name.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { isMap } from "../../domain/repository/settings_check.ts";
import { initialVaultConfig } from "../../domain/vaults/builtin/mod.ts";
import { maskConfig } from "../../domain/vaults/config_mask.ts";
import { renamedVaultType } from "../../domain/vaults/renamed_types.ts";
import { requireNewVaultName } from "../../domain/vaults/vault_name.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";
import { describeVaultType, type VaultTypesSource } from "../../domain/vaults/vault_types.ts";
import { nearestTypes } from "../types/nearest_types.ts";
import { typeBroken } from "../types/type_errors.ts";
import { configIssues, invalidVaultConfig } from "./config_check.ts";

/** What {@linkcode createVault} works with. */
export interface CreateVaultDependencies {
  readonly vaults: VaultStore;
  readonly types: VaultTypesSource;
  readonly locks: Locks;
  /** Makes the id of the vault, a UUID. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What `swamp vault create` is asked to do. */
export interface CreateVaultRequest {
  /** The type as the user wrote it. */
  readonly type: string;
  readonly name: string;
  /** JSON text of the config; `undefined` for what the type begins with. */
  readonly config: string | undefined;
}

/** JSON document of `vault create` (contract: cli-automation 6.1). */
export interface CreatedVaultDocument {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Display name of the type. */
  readonly typeName: string;
  /** With `***` for what looks like a secret. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Creates a vault.
 *
 * @throws {UserError} `invalid_name`, `renamed_type`, `unknown_type`, `type_broken`, `invalid_config`,
 * `vault_exists`, `lock_timeout`, `not_writable`.
 */
export async function createVault(
  { vaults, types, locks, newId, now }: CreateVaultDependencies,
  { type: raw, name, config: text }: CreateVaultRequest,
): Promise<CreatedVaultDocument> {
  requireNewVaultName(name);
  const { type, name: typeName, configSchema } = await requireVaultType(raw, types);
  const config = text === undefined ? initialVaultConfig(type) : configFrom(text);
  const issues = await configIssues(type, config, types);
  if (issues.length > 0) throw invalidVaultConfig(type, issues);

  await using _lock = await locks.global();
  const listing = await vaults.list();
  if (listing.vaults.some(({ vault }) => vault.name === name)) {
    throw new UserError("vault_exists", `Vault already exists: ${name}`);
  }
  const createdAt = now().toISOString();
  const { vault: { id } } = await vaults.add({ id: newId(), name, type, config, createdAt });
  return { id, name, type, typeName, config: maskConfig(config, configSchema) };
}

/** The descriptor of a type that a vault can be created of. */
async function requireVaultType(raw: string, types: VaultTypesSource): Promise<ProviderDescriptor> {
  const type = normalizeProviderName(raw);
  const descriptor = await describeVaultType(type, types);
  if (descriptor !== undefined) return descriptor;
  const renamed = renamedVaultType(type);
  if (renamed !== undefined) {
    throw new UserError(
      "renamed_type",
      `The type '${raw}' has been renamed to '${renamed}'. Use type '${renamed}' instead.`,
    );
  }
  const known = await types();
  const failure = known.failureOf(type);
  if (failure !== undefined) throw typeBroken(type, failure);
  const [near] = nearestTypes(known, type);
  throw new UserError(
    "unknown_type",
    `Unknown vault type: ${raw}. Available types: ` +
      `${known.summaries().map(({ normalized }) => normalized).join(", ")}. ` +
      "Use 'swamp vault type search' to see available types.",
    near === undefined ? {} : { fields: { hint: `Did you mean "${near}"?` } },
  );
}

function configFrom(text: string): Readonly<Record<string, unknown>> {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    throw new UserError("invalid_config", `Invalid JSON in --config: ${withoutValues(text)}`);
  }
  if (isMap(config)) return config;
  const nature = Array.isArray(config) ? "a list" : config === null ? "null" : `a ${typeof config}`;
  throw new UserError(
    "invalid_config",
    `Invalid config in --config: it must be a JSON object such as {"key": "value"}, not ${nature}`,
  );
}

/** A text that was meant to be JSON, without what may be secrets in it. */
function withoutValues(text: string): string {
  return text.replaceAll(/(:\s*)[^{[\s][^,}\]]*/g, "$1***");
}
