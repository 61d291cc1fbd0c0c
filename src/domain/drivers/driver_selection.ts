import { normalizeProviderName } from "../extensions/type_name.ts";

/** Something that may say how methods are executed: the command line, a step, a definition. */
export interface DriverLevel {
  readonly driver?: string | undefined;
  readonly driverConfig?: Readonly<Record<string, unknown>> | undefined;
}

/** The driver of a run. */
export interface DriverChoice {
  /** As it was written. */
  readonly raw: string;
  /** Normalised. */
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The driver that runs methods in swamp itself. */
export const IN_PROCESS = "raw";

/**
 * The driver of the first level that names one, with that level's config and no other; `raw` if none
 * does.
 *
 * @param levels the strongest first.
 *
 * @example
 * ```ts
 * selectDriver([{ driver: flag }, definition]).type; // "docker"
 * ```
 */
export function selectDriver(levels: readonly DriverLevel[]): DriverChoice {
  const level = levels.find(({ driver }) => driver !== undefined);
  // An expression may make anything of it.
  const raw = String(level?.driver ?? IN_PROCESS);
  return { raw, type: normalizeProviderName(raw), config: level?.driverConfig ?? {} };
}
