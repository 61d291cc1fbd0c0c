import { BUILT_IN_DATASTORES } from "../datastores/builtin/mod.ts";
import { BUILT_IN_REPORTS } from "../reports/builtin/mod.ts";
import { BUILT_IN_DRIVERS } from "../drivers/builtin/mod.ts";
import { BUILT_IN_VAULTS } from "../vaults/builtin/mod.ts";
import type { ProviderDescriptor } from "./descriptor.ts";
import type { BuiltIn, ExtensionTypes } from "./extension_types.ts";
import type { Provider, ProviderKind } from "./shapes/provider_shape.ts";

/** The vault, driver, datastore or report types that a command can use. */
export type ProviderTypes = ExtensionTypes<Provider, ProviderDescriptor>;

/** A built-in vault, driver, datastore or report type. */
export type BuiltInProvider = BuiltIn<Provider, ProviderDescriptor>;

/** The built-in types of every kind that has providers. They are described without being imported. */
export const BUILT_IN_PROVIDERS: Readonly<Record<ProviderKind, readonly BuiltInProvider[]>> = {
  vault: BUILT_IN_VAULTS,
  driver: BUILT_IN_DRIVERS,
  datastore: BUILT_IN_DATASTORES,
  report: BUILT_IN_REPORTS,
};
