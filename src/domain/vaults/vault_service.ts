import { messageOf, UserError } from "../errors.ts";
import { Redactor } from "../redactor.ts";
import { checkProviderConfig } from "../extensions/provider_config.ts";
import type { Provider } from "../extensions/shapes/provider_shape.ts";
import type { StoredVault, Vault } from "./vault.ts";
import type { VaultHost } from "./vault_host.ts";
import { findVault } from "./vault_lookup.ts";
import { missingProviderMethods, type VaultProvider } from "./vault_provider.ts";
import type { VaultStore } from "./vault_store.ts";
import { resolveVaultType, type VaultTypesSource } from "./vault_types.ts";

/**
 * Secrets by the name of their vault and their key, for whoever needs some: commands, expressions,
 * methods. Every method rejects with a {@linkcode UserError} that says what is really wrong:
 * `vault_not_found`, `vault_broken`, `unknown_type`, `type_broken`, `invalid_config`, `vault_failed`, or
 * whatever code the vault type gives.
 */
export interface VaultService {
  /** The secret under a key. Rejects when there is none. */
  get(vaultName: string, key: string): Promise<string>;
  /** Creates a secret or overwrites it. No error ever tells the value. */
  put(vaultName: string, key: string, value: string): Promise<void>;
  /** Deletes a secret. Rejects when there is none, or when the vault's type cannot delete. */
  delete(vaultName: string, key: string): Promise<void>;
  /** The keys in a vault, sorted; never values. */
  list(vaultName: string): Promise<readonly string[]>;
  /** The names of all configured vaults, the oldest first. */
  getVaultNames(): Promise<readonly string[]>;
  /** What a vault's type makes of it; instantiated at first use, other vaults are left alone. */
  open(vaultName: string): Promise<VaultProvider>;
}

/** What a {@linkcode VaultService} works with. */
export interface VaultServiceDependencies {
  readonly vaults: Pick<VaultStore, "list">;
  /** The vault types, asked for only where a vault's type is not built in. */
  readonly types: VaultTypesSource;
  readonly host: VaultHost;
}

/** A service for the vaults of one repository. */
export function createVaultService(dependencies: VaultServiceDependencies): VaultService {
  return new ConfiguredVaults(dependencies);
}

class ConfiguredVaults implements VaultService {
  readonly #dependencies: VaultServiceDependencies;
  /** By id. A failure is forgotten, so that the next call tries again. */
  readonly #providers = new Map<string, Promise<VaultProvider>>();

  constructor(dependencies: VaultServiceDependencies) {
    this.#dependencies = dependencies;
  }

  async get(vaultName: string, key: string): Promise<string> {
    const provider = await this.open(vaultName);
    const value: unknown = await attempt(vaultName, () => provider.get(key));
    if (typeof value === "string") return value;
    throw failed(vaultName, `its type gave no text for the key '${key}'`);
  }

  async put(vaultName: string, key: string, value: string): Promise<void> {
    const provider = await this.open(vaultName);
    await attempt(vaultName, () => provider.put(key, value), value);
  }

  async delete(vaultName: string, key: string): Promise<void> {
    const provider = await this.open(vaultName);
    if (provider.delete === undefined) {
      throw failed(vaultName, "its type cannot delete secrets", "not_supported");
    }
    await attempt(vaultName, () => provider.delete!(key));
  }

  async list(vaultName: string): Promise<readonly string[]> {
    const provider = await this.open(vaultName);
    const keys: unknown = await attempt(vaultName, () => provider.list());
    if (Array.isArray(keys)) return keys.map(String).sort();
    throw failed(vaultName, "its type gave no list of keys");
  }

  async getVaultNames(): Promise<readonly string[]> {
    const { vaults } = await this.#dependencies.vaults.list();
    return vaults.map(({ vault }) => vault.name);
  }

  async open(vaultName: string): Promise<VaultProvider> {
    const stored = await this.#find(vaultName);
    const known = this.#providers.get(stored.vault.id);
    if (known !== undefined) return await known;
    const created = this.#create(stored.vault);
    this.#providers.set(stored.vault.id, created);
    created.catch(() => this.#providers.delete(stored.vault.id));
    return await created;
  }

  async #find(name: string): Promise<StoredVault> {
    const listing = await this.#dependencies.vaults.list();
    // Which types there are is worth looking up only for somebody who has no vault yet.
    const types = listing.vaults.length > 0 ? [] : await this.#typeNames();
    return findVault(listing, name, {
      byId: false,
      notFound: (names) => notFoundText(name, names, types),
    });
  }

  async #create(vault: Vault): Promise<VaultProvider> {
    const { name, type } = vault;
    const { create, configSchema } = await this.#resolve(vault);
    const { config, issues } = await checkProviderConfig(configSchema, vault.config);
    if (issues !== undefined) {
      throw new UserError(
        "invalid_config",
        `Invalid config for vault type '${type}' (vault '${name}'): ${issues.join("; ")}`,
        { fields: { hint: `'swamp vault edit ${name}' corrects it.` } },
      );
    }
    const factory = create as (name: string, config: unknown, host: VaultHost) => unknown;
    const provider = await attempt(name, () => factory(name, config, this.#dependencies.host));
    const missing = missingProviderMethods(provider);
    if (missing.length === 0) return provider as VaultProvider;
    throw new UserError(
      "invalid_provider",
      `createProvider for vault type '${type}' (vault '${name}') returned an invalid provider: ` +
        `missing methods: ${missing.join(", ")}. ` +
        "A VaultProvider must implement get, put, list, and getName.",
    );
  }

  async #resolve({ name, type }: Vault): Promise<Provider> {
    try {
      return await resolveVaultType(type, this.#dependencies.types);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const isUnknown = error.code === "unknown_type";
      throw new UserError(error.code, `Vault '${name}' cannot be used: ${error.message}`, {
        cause: error,
        ...(isUnknown
          ? { fields: { hint: `Its type may come with: swamp extension pull ${type}` } }
          : {}),
      });
    }
  }

  async #typeNames(): Promise<readonly string[]> {
    return (await this.#dependencies.types()).summaries().map(({ normalized }) => normalized);
  }
}

/**
 * Runs code of a vault type. What it throws becomes an error for the user, in its own words.
 *
 * @param secret a value that must not get into a message, nor what caused it.
 */
async function attempt<T>(
  vaultName: string,
  work: () => T | Promise<T>,
  secret?: string,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError("vault_failed", withoutSecret(messageOf(error), secret), {
      fields: { vaultName },
      ...(secret === undefined ? { cause: error } : {}),
    });
  }
}

function withoutSecret(message: string, secret = ""): string {
  const redactor = new Redactor();
  redactor.addSecret(secret);
  return redactor.redact(message);
}

function failed(vaultName: string, reason: string, code = "vault_failed"): UserError {
  return new UserError(code, `Vault '${vaultName}' failed: ${reason}`, { fields: { vaultName } });
}

function notFoundText(
  name: string,
  names: readonly string[],
  types: readonly string[],
): string {
  const create = `Create '${name}' using: swamp vault create <type> ${name}`;
  if (names.length > 0) {
    return `Vault '${name}' not found. Available vaults: ${names.join(", ")}.\n${create}`;
  }
  return [
    `Vault '${name}' not found. No vaults are configured.`,
    create,
    `Available vault types: ${types.join(", ")}`,
    "For cloud vaults, install an extension first (e.g., swamp extension pull @swamp/aws-sm).",
  ].join("\n");
}
