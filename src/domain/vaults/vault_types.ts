/**
 * Vault types by their name. The built-in ones, which most vaults have, are found without looking at any
 * extension.
 *
 * @module
 */
import type { ProviderDescriptor } from "../extensions/descriptor.ts";
import type { ProviderTypes } from "../extensions/provider_types.ts";
import type { Provider } from "../extensions/shapes/provider_shape.ts";
import { BUILT_IN_VAULTS } from "./builtin/mod.ts";

/**
 * Gives all vault types; extensions are looked at then. Who names a normalised type says himself why
 * it is not there.
 */
export type VaultTypesSource = (wanted?: string) => Promise<ProviderTypes>;

/** What is shown of a normalised vault type; `undefined` for one that is not there. */
export async function describeVaultType(
  type: string,
  types: VaultTypesSource,
): Promise<ProviderDescriptor | undefined> {
  return builtIn(type)?.descriptor ?? (await types()).describe(type);
}

/**
 * The code of a normalised vault type.
 *
 * @throws {UserError} `unknown_type`, `type_broken`.
 */
export async function resolveVaultType(type: string, types: VaultTypesSource): Promise<Provider> {
  return await builtIn(type)?.load() ?? await (await types(type)).resolve(type);
}

function builtIn(type: string) {
  return BUILT_IN_VAULTS.find(({ descriptor }) => descriptor.type === type);
}
