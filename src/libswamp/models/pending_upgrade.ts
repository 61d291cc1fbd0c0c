import { messageOf } from "../../domain/errors.ts";
import { compareCalVer, isCalVer } from "../../domain/extensions/calver.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import { upgradedDefinition } from "./definition_upgrade.ts";

/** A definition as the next run will see it. */
export interface CurrentDefinition {
  readonly definition: Definition;
  /** What is to be said about its version. */
  readonly notice?: { readonly name: string; readonly message: string };
  /** Why it cannot be upgraded. */
  readonly problem?: string;
}

/**
 * Applies to a definition what a run would, without writing anything (contract: authoring 7.3).
 *
 * @param type the code of its type, or why there is none.
 */
export function currentDefinition(
  definition: Definition,
  type: ModelType | string,
): CurrentDefinition {
  if (typeof type === "string") return { definition };
  try {
    const upgraded = upgradedDefinition(definition, type);
    return upgraded === undefined
      ? { definition, ...olderType(definition, type) }
      : { definition: upgraded, notice: pendingUpgrade(definition, type) };
  } catch (error) {
    return { definition, problem: messageOf(error) };
  }
}

function pendingUpgrade({ typeVersion }: Definition, { version }: ModelType) {
  const from = isCalVer(typeVersion) ? ` from ${typeVersion}` : "";
  const message =
    `The next run upgrades the definition${from} to version ${version} of its type. ` +
    "It was validated as it will be then.";
  return { name: "Upgrade pending", message };
}

/** Nothing takes a definition back to what an older type understood. */
function olderType(
  { typeVersion }: Definition,
  { version }: ModelType,
): Pick<CurrentDefinition, "notice"> {
  if (!isCalVer(typeVersion) || compareCalVer(typeVersion, version) <= 0) return {};
  const message =
    `The definition is of version ${typeVersion} of its type, but version ${version} ` +
    "is installed.";
  return { notice: { name: "Older type", message } };
}
