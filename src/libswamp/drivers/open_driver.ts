import type { DriverChoice } from "../../domain/drivers/driver_selection.ts";
import { describeDriver, resolveDriver } from "../../domain/drivers/driver_types.ts";
import { UserError } from "../../domain/errors.ts";
import {
  checkProviderConfig,
  type ProviderConfig,
} from "../../domain/extensions/provider_config.ts";
import type { Provider } from "../../domain/extensions/shapes/provider_shape.ts";
import { unknownArguments } from "../models/check_arguments.ts";
import { coerceStrings } from "../models/coerce_strings.ts";
import type { RunWarning } from "../runs/method_run.ts";
import type { DriverSources } from "./driver_sources.ts";

/** A driver type whose config is sound. */
export interface OpenedDriver {
  readonly provider: Provider;
  /** As the type's schema reads it. */
  readonly config: ProviderConfig;
  /** About parts of the config that have no effect. */
  readonly warnings: readonly RunWarning[];
}

/**
 * Loads the chosen driver type and checks its config against the schema of the type.
 *
 * @throws {UserError} `invalid_driver_config` with everything that is wrong; `unknown_type`,
 * `type_broken`.
 */
export async function openDriver(
  { raw, type, config: stored }: DriverChoice,
  { types }: Pick<DriverSources, "types">,
): Promise<OpenedDriver> {
  const provider = await resolveDriver(type, types);
  const schema = (await describeDriver(type, types))?.configSchema;
  const { config, issues } = await checkProviderConfig(
    provider.configSchema,
    coerceStrings(schema, stored),
  );
  if (issues !== undefined) {
    throw new UserError(
      "invalid_driver_config",
      `Invalid config for driver type '${raw}': ${issues.join("; ")}`,
      {
        fields: { hint: "A driver's config is driverConfig beside driver; --driver brings none." },
      },
    );
  }
  const warnings = unknownArguments(schema, stored, "driverConfig.").map((message) => ({
    code: "unknown_driver_config",
    message: `${message} (it has no effect)`,
  }));
  return { provider, config, warnings };
}
