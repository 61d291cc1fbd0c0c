import type { DriverHost } from "../../domain/drivers/driver_host.ts";
import { runProgram } from "./program.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** This machine as built-in drivers use it. */
export function createDriverHost(): DriverHost {
  return { run: runProgram, temporaryFolder };
}
