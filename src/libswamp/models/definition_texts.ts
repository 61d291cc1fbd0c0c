import { environmentVariablesIn, expressionsIn } from "../../domain/expressions/expression_text.ts";
import type { Definition } from "../../domain/models/definition.ts";

/** A text inside a definition. */
export interface DefinitionText {
  /** Where it is: `globalArguments.region`, `methods.sync.arguments.n`. */
  readonly path: string;
  /** The same as validation messages put it: `region`, `sync.arguments.n`. */
  readonly label: string;
  readonly text: string;
}

/** Every text in the global arguments and the methods of a definition. */
export function textsOf({ globalArguments, methods }: Definition): DefinitionText[] {
  return [["globalArguments", globalArguments], ["methods", methods]].flatMap(([field, value]) =>
    textsIn(value, []).map(({ path, text }) => ({
      path: [field, ...path].join("."),
      label: path.join("."),
      text,
    }))
  );
}

/** Every use of an environment variable in the expressions of a definition. */
export function environmentVariables(
  definition: Definition,
): { readonly path: string; readonly envVar: string }[] {
  return textsOf(definition).flatMap(({ path, text }) =>
    expressionsIn(text)
      .flatMap(({ source }) => environmentVariablesIn(source))
      .map((envVar) => ({ path, envVar }))
  );
}

function textsIn(
  value: unknown,
  path: readonly string[],
): { readonly path: readonly string[]; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...path, key]));
}
