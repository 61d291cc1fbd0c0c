/**
 * Driver types by their name. The built-in ones are found without looking at any extension.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import type { ProviderDescriptor } from "../extensions/descriptor.ts";
import type { BuiltInProvider, ProviderTypes } from "../extensions/provider_types.ts";
import type { Provider } from "../extensions/shapes/provider_shape.ts";
import { normalizeProviderName } from "../extensions/type_name.ts";
import { BUILT_IN_DRIVERS } from "./builtin/mod.ts";

/**
 * Gives all driver types; extensions are looked at then. Who names a normalised type says himself why
 * it is not there.
 */
export type DriverTypesSource = (wanted?: string) => Promise<ProviderTypes>;

/**
 * Refuses a driver that there is not.
 *
 * @param raw the driver as it was written.
 * @throws {UserError} `unknown_driver` that lists all drivers; `type_broken` when the source that seems
 * to define it is broken.
 */
export async function requireDriver(raw: string, source: DriverTypesSource): Promise<void> {
  const type = normalizeProviderName(raw);
  if (builtIn(type) !== undefined) return;
  const types = await source(type);
  if (types.describe(type) !== undefined) return;
  const failure = types.failureOf(type);
  if (failure !== undefined) {
    throw new UserError(
      "type_broken",
      `Driver type '${raw}' cannot be used: ${failure.source}: ${failure.error}`,
    );
  }
  const names = types.summaries().map((summary) => summary.raw);
  throw new UserError(
    "unknown_driver",
    `Unknown execution driver '${raw}'. Available drivers: ${names.join(", ")}`,
  );
}

/** What is shown of a normalised driver type; `undefined` for one that is not there. */
export async function describeDriver(
  type: string,
  source: DriverTypesSource,
): Promise<ProviderDescriptor | undefined> {
  return builtIn(type)?.descriptor ?? (await source()).describe(type);
}

/**
 * The code of a normalised driver type.
 *
 * @throws {UserError} `unknown_type`, `type_broken`.
 */
export async function resolveDriver(type: string, source: DriverTypesSource): Promise<Provider> {
  return await builtIn(type)?.load() ?? await (await source()).resolve(type);
}

function builtIn(type: string): BuiltInProvider | undefined {
  return BUILT_IN_DRIVERS.find(({ descriptor }) => descriptor.type === type);
}
