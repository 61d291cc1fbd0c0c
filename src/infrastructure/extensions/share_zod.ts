import { ZOD_GLOBAL } from "./zod_global.ts";

/**
 * Publishes swamp's zod for bundles. The global can be neither replaced nor deleted, so one
 * extension cannot take it from the others.
 */
export function shareZod(zod: unknown): void {
  if (ZOD_GLOBAL in globalThis) return;
  Object.defineProperty(globalThis, ZOD_GLOBAL, {
    value: zod,
    writable: false,
    configurable: false,
    enumerable: false,
  });
}
