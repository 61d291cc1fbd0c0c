import { UserError } from "../../domain/errors.ts";
import { expressionsIn, holdsExpression } from "../../domain/expressions/expression_text.ts";
import type { Definition } from "../../domain/models/definition.ts";

/**
 * Refuses a run that would need the value of an expression: swamp cannot evaluate expressions yet, and
 * their text must not be taken for their value.
 *
 * @param inputs what the command line gives.
 * @throws {UserError} `expressions_not_supported`, naming the place and the expression.
 */
export function requireNoExpressions(
  definition: Definition,
  methodName: string,
  inputs: Readonly<Record<string, unknown>>,
): void {
  const { tags, globalArguments, methods, driver, driverConfig } = definition;
  const needed = {
    inputs,
    ...{ tags, globalArguments, driver, driverConfig },
    methods: { [methodName]: methods[methodName] },
  };
  const found = firstExpression(needed, "");
  if (found === undefined) return;
  const { path, expression } = found;
  throw new UserError(
    "expressions_not_supported",
    `Expressions are not supported yet: ${path} of "${definition.name}" is ${expression}. ` +
      "Replace it with its value to run the method.",
    { fields: { path, expression } },
  );
}

function firstExpression(
  value: unknown,
  path: string,
): { readonly path: string; readonly expression: string } | undefined {
  if (typeof value === "string") {
    if (!holdsExpression(value)) return undefined;
    return { path, expression: expressionsIn(value)[0]?.text ?? value };
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const memberPath = Array.isArray(value)
      ? `${path}[${key}]`
      : path === ""
      ? key
      : `${path}.${key}`;
    const found = firstExpression(member, memberPath);
    if (found !== undefined) return found;
  }
  return undefined;
}
