import type { Provider } from "../../extensions/shapes/provider_shape.ts";
import type { ExecutionDriver } from "../execution_driver.ts";

/** The driver type `raw`: methods run in swamp itself. */
export const RAW: Provider = {
  raw: "raw",
  type: "raw",
  name: "Raw",
  description: "In swamp itself, without isolation",
  create: (): ExecutionDriver => ({
    type: "raw",
    execute: (_request, _callbacks, access) => access.runHere(),
  }),
};
