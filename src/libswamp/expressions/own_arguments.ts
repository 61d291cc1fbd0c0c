/**
 * The order in which the global arguments of one definition are evaluated: after those that they refer
 * to, as `self.globalArguments.<key>` or by the definition's own name.
 *
 * @module
 */
import type { ParsedExpression } from "../../domain/expressions/cel.ts";
import type { PathReference } from "../../domain/expressions/references.ts";
import { expressionsIn } from "../../domain/expressions/template.ts";
import { UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";

/** Reads the source of an expression. */
type Parse = (source: string) => ParsedExpression;

/**
 * The keys of the global arguments, each after those that it needs.
 *
 * @throws {UserError} `cyclic_expression`, with the way around the cycle.
 */
export function argumentOrder(definition: Definition, parse: Parse): string[] {
  const { globalArguments, name } = definition;
  const order: string[] = [];
  const visit = (key: string, way: readonly string[]): void => {
    if (order.includes(key)) return;
    if (way.includes(key)) {
      const cycle = [...way.slice(way.indexOf(key)), key];
      const names = cycle.map((step) => `globalArguments.${step}`).join(" -> ");
      throw new UserError(
        "cyclic_expression",
        `Cyclic dependency detected in "${name}": ${names}`,
        { fields: { cycle } },
      );
    }
    for (const needed of ownKeys(globalArguments[key], definition, parse)) {
      visit(needed, [...way, key]);
    }
    order.push(key);
  };
  for (const key of Object.keys(globalArguments)) visit(key, []);
  return order;
}

/** Keys of the global arguments that the expressions in a value refer to. */
function ownKeys(value: unknown, definition: Definition, parse: Parse): string[] {
  if (typeof value === "string") {
    return expressionsIn(value).flatMap(({ source }) =>
      pathsOf(source, parse).flatMap((path) => ownKey(path, definition) ?? [])
    );
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((member) => ownKeys(member, definition, parse));
}

function pathsOf(source: string, parse: Parse): readonly PathReference[] {
  try {
    return parse(source).references.paths;
  } catch {
    return [];
  }
}

function ownKey({ root, steps }: PathReference, definition: Definition): string | undefined {
  const keys = steps.map((step) => "key" in step ? step.key : undefined);
  const isSelf = root === "self";
  const isOwnModel = root === "model" && (keys[0] === definition.name || keys[0] === definition.id);
  if (!isSelf && !isOwnModel) return undefined;
  const [field, key] = isSelf ? keys : keys.slice(2);
  const isArgument = field === "globalArguments" && key !== undefined;
  return isArgument && Object.hasOwn(definition.globalArguments, key) ? key : undefined;
}
