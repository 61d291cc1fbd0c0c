import { isTemplate } from "../../domain/expressions/template.ts";
import type { EnvironmentUse } from "../expressions/environment_uses.ts";
import { someText } from "../expressions/text_mapping.ts";
import type { Definition } from "../../domain/models/definition.ts";

/** A text inside a definition. */
export interface DefinitionText {
  /** Where it is: `globalArguments.region`, `methods.sync.arguments.n`. */
  readonly path: string;
  /** The same as validation messages put it: `region`, `sync.arguments.n`. */
  readonly label: string;
  /** Keys and indexes that lead to it. */
  readonly steps: readonly string[];
  readonly text: string;
}

/** Every text in the global arguments and the methods of a definition. */
export function textsOf({ globalArguments, methods }: Definition): DefinitionText[] {
  const fields = Object.entries({ globalArguments, methods });
  return fields.flatMap(([field, value]) =>
    textsIn(value, []).map(({ path, text }) => ({
      path: [field, ...path].join("."),
      label: path.join("."),
      steps: [field, ...path],
      text,
    }))
  );
}

/** Every use of an environment variable in the expressions of a definition. */
export async function environmentVariables(
  definition: Definition,
): Promise<readonly EnvironmentUse[]> {
  if (!someText(definition, isTemplate)) return [];
  const [{ environmentUses }, { parseExpression }] = await Promise.all([
    import("../expressions/environment_uses.ts"),
    import("../../domain/expressions/cel.ts"),
  ]);
  return environmentUses(definition, parseExpression);
}

function textsIn(
  value: unknown,
  path: readonly string[],
): { readonly path: readonly string[]; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...path, key]));
}
