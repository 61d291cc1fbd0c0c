import { messageOf } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import { upgradedDefinition } from "./definition_upgrade.ts";

/** A definition as the next run will see it. */
export interface CurrentDefinition {
  readonly definition: Definition;
  /** Says that the run will upgrade it. */
  readonly notice?: string;
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
    if (upgraded === undefined) return { definition };
    const from = definition.typeVersion === undefined ? "" : ` from ${definition.typeVersion}`;
    return {
      definition: upgraded,
      notice: `The next run upgrades the definition${from} to version ${type.version} of its ` +
        "type. It was validated as it will be then.",
    };
  } catch (error) {
    return { definition, problem: messageOf(error) };
  }
}
