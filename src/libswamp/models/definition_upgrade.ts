import { messageOf, UserError } from "../../domain/errors.ts";
import { compareCalVer, isCalVer } from "../../domain/extensions/calver.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { ModelType } from "../../domain/models/model_type.ts";

/**
 * The definition as the current version of its type wants it, or `undefined` when it is up to date
 * (contract: authoring 7.3). What goes in is the raw definition, and what comes out is written back:
 * expressions stay expressions, and inputs of a run never get in.
 *
 * @throws {UserError} `upgrade_failed` when a step of the author fails.
 */
export function upgradedDefinition(
  definition: Definition,
  type: ModelType,
): Definition | undefined {
  const from = isCalVer(definition.typeVersion) ? definition.typeVersion : undefined;
  const steps = type.upgrades.filter(({ toVersion }) =>
    from === undefined || compareCalVer(toVersion, from) > 0
  );
  if (steps.length === 0) return undefined;
  let globalArguments: Record<string, unknown> = structuredClone(definition.globalArguments);
  for (const { toVersion, upgradeAttributes } of steps) {
    try {
      globalArguments = upgradeAttributes(globalArguments);
    } catch (error) {
      throw failed(definition, toVersion, messageOf(error), error);
    }
    if (globalArguments instanceof Promise) {
      // Nobody waits for what it comes to.
      globalArguments.catch(() => {});
      throw failed(definition, toVersion, "upgradeAttributes must not be async");
    }
    if (!isMap(globalArguments)) {
      throw failed(definition, toVersion, "upgradeAttributes gave no map");
    }
  }
  return { ...definition, typeVersion: type.version, globalArguments };
}

function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function failed(
  { name, type }: Definition,
  toVersion: string,
  reason: string,
  cause?: unknown,
): UserError {
  return new UserError(
    "upgrade_failed",
    `Could not upgrade "${name}" to version ${toVersion} of ${type}: ${reason}`,
    { cause },
  );
}
