import type { JsonSchema } from "../../../domain/extensions/descriptor.ts";
import type { Style } from "../output.ts";

/**
 * The properties of an object schema, one line each: `name (type) [a, b] *required — description`.
 * Alternatives are parted by a line `or`; where every name may be given, `<name>` stands for it.
 *
 * @param indent blanks in front of each line
 */
export function propertyLines(schema: JsonSchema, indent: string, style: Style): string[] {
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices !== undefined && schema.properties === undefined) {
    return choices.map((choice) => propertyLines(choice, indent, style))
      .filter((lines) => lines.length > 0)
      .flatMap((lines, index) => index === 0 ? lines : [`${indent}or`, ...lines]);
  }
  const others = schema.additionalProperties;
  if (schema.properties === undefined && typeof others === "object" && others !== null) {
    return [`${indent}${style.bold("<name>")} (${typeText(others as JsonSchema)})`];
  }
  return namedLines(schema, indent, style);
}

function namedLines(schema: JsonSchema, indent: string, style: Style): string[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = new Set((schema.required ?? []) as string[]);
  return Object.entries(properties).map(([name, property]) => {
    const parts = [`${indent}${style.bold(name)} (${typeText(property)})`];
    if (Array.isArray(property.enum)) parts.push(`[${property.enum.map(String).join(", ")}]`);
    if (required.has(name)) parts.push(style.yellow("*required"));
    if ("default" in property) parts.push(style.dim(`= ${JSON.stringify(property.default)}`));
    const description = property.description;
    if (typeof description === "string" && description !== "") {
      parts.push(style.dim(`— ${oneLine(description)}`));
    }
    return parts.join(" ");
  });
}

/** A word or two for the type of a property: `string`, `string[]`, `string | null`, `"circle"`. */
function typeText(schema: JsonSchema): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  const { type } = schema;
  if (Array.isArray(type)) return type.join(" | ");
  if (type === "array") return listText(schema);
  if (typeof type === "string") return type;
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices !== undefined) return [...new Set(choices.map(typeText))].join(" | ");
  return "$ref" in schema ? "object" : "any";
}

/** `string[]`, `(string | null)[]`, or `[string, number]` for a list of fixed length. */
function listText({ items, prefixItems }: JsonSchema): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map(typeText).join(", ")}]`;
  // Schemas may also be true or false.
  const item = typeof items === "object" && items !== null ? typeText(items as JsonSchema) : "any";
  return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
}

/** The first sentence or line of a longer text, at most 100 characters. */
export function oneLine(text: string): string {
  const sentence = /^.+?(?<!\b(?:e\.g|i\.e|vs|etc))\.(?=\s+[A-Z])/.exec(text.trim());
  const line = sentence?.[0] ?? text.trim().split("\n")[0] ?? "";
  return line.length <= 100 ? line : `${line.slice(0, 99)}…`;
}
