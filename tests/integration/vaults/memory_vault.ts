import type { ProviderTypes } from "../../../src/domain/extensions/provider_types.ts";
import type { Provider } from "../../../src/domain/extensions/shapes/provider_shape.ts";
import type { VaultProvider } from "../../../src/domain/vaults/vault_provider.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createVaultStore } from "../../../src/infrastructure/persistence/yaml_vault_store.ts";

/** What a vault of the type `@acme/memory` does with its secrets, to be changed while a test goes on. */
export interface MemoryVault {
  readonly secrets: Map<string, string>;
  /** Called first by every operation; what it throws, the operation does. */
  before: (operation: "get" | "put" | "delete" | "list", key: string) => void | Promise<void>;
  /** Whether it is of a type that can delete. */
  canDelete: boolean;
}

const VAULTS = new Map<string, MemoryVault>();

/** The vault of the type `@acme/memory` of that name in a repository. */
export function memoryVault({ root }: RepositoryLayout, name: string): MemoryVault {
  const id = `${root} ${name}`;
  const vault = VAULTS.get(id) ??
    { secrets: new Map<string, string>(), before: () => {}, canDelete: true };
  VAULTS.set(id, vault);
  return vault;
}

/** Adds a vault to a repository, of a built-in type or of `@acme/memory`. */
export async function addVault(
  layout: RepositoryLayout,
  name: string,
  type = "@acme/memory",
): Promise<void> {
  await createVaultStore(layout, { report: () => {}, warn: () => {} }).add({
    ...{ id: crypto.randomUUID(), name, type, config: {} },
    createdAt: new Date().toISOString(),
  });
}

/** The vault types of a repository as if an extension had brought `@acme/memory`. */
export function memoryVaultTypes(layout: RepositoryLayout): ProviderTypes {
  const provider: Provider = {
    ...{ raw: "@acme/memory", type: "@acme/memory", name: "Memory", description: "For tests" },
    create: (name: string) => memoryProvider(name, memoryVault(layout, name)),
  };
  return {
    summaries: () => [],
    describe: () => undefined,
    resolve: (type) =>
      type === provider.type
        ? Promise.resolve(provider)
        : Promise.reject(new Error(`There is no type ${type}`)),
    failures: () => [],
    failureOf: () => undefined,
  };
}

function memoryProvider(name: string, vault: MemoryVault): VaultProvider {
  const required = (key: string): string => {
    const value = vault.secrets.get(key);
    if (value === undefined) throw new Error(`There is no ${key}`);
    return value;
  };
  return {
    getName: () => name,
    async get(key) {
      await vault.before("get", key);
      return required(key);
    },
    async put(key, value) {
      await vault.before("put", key);
      vault.secrets.set(key, value);
    },
    async list() {
      await vault.before("list", "");
      return [...vault.secrets.keys()];
    },
    ...(vault.canDelete
      ? {
        delete: async (key: string) => {
          await vault.before("delete", key);
          required(key);
          vault.secrets.delete(key);
        },
      }
      : {}),
  };
}
