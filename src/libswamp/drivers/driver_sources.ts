import type { DriverHost } from "../../domain/drivers/driver_host.ts";
import type { DriverTypesSource } from "../../domain/drivers/driver_types.ts";

/** What runs need to execute methods with a driver. */
export interface DriverSources {
  /** All driver types, asked for only where a driver is not built in. */
  readonly types: DriverTypesSource;
  /** What built-in drivers use of the machine. */
  readonly host: () => Promise<DriverHost>;
  /**
   * The code of a model type as one module that needs nothing else, extensions of the type merged in;
   * of a built-in type only its extensions.
   *
   * @param type normalised.
   * @throws {UserError} `cannot_bundle`
   */
  readonly bundle: (type: string) => Promise<Uint8Array>;
}
