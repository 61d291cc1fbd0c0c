/**
 * Values that are not there yet while a definition is evaluated: those of secrets and environment
 * variables, which only a run of a method sees (contract: authoring 4.4).
 *
 * @module
 */
import { quoted } from "./string_literal.ts";
import { parseTemplate } from "./template.ts";

/**
 * Stands for a value that is not there yet. An expression may carry it around in lists and maps that it
 * does not look into; whatever else it does with it makes the CEL library refuse the type.
 */
export class LateValue {
  /** CEL text that gives the value wherever it is evaluated, if there is one. */
  readonly source: string | undefined;
  /** A template that gives the value wherever it is evaluated, if that is where it comes from. */
  readonly template: string | undefined;
  /** Why there will never be a value, as a sentence. */
  readonly reason: string | undefined;

  constructor(origin: { readonly template?: string; readonly reason?: string } = {}) {
    this.template = origin.template;
    this.source = origin.template === undefined ? undefined : templateAsCel(origin.template);
    this.reason = origin.reason;
  }
}

/**
 * CEL text with the value of a template.
 *
 * @example
 * ```ts
 * templateAsCel("a-${{ env.B }}"); // '"a-" + string(dyn(env.B))'
 * ```
 */
function templateAsCel(template: string): string {
  const parts = parseTemplate(template);
  const [only = "", ...more] = parts;
  if (more.length === 0) return typeof only === "string" ? quoted(only) : only.source;
  const texts = parts.map((part) =>
    typeof part === "string" ? quoted(part) : `string(dyn(${part.source}))`
  );
  return texts.join(" + ");
}

/** A copy of plain data with something else in the place of its late values. */
export async function replaceLateValues(
  value: unknown,
  replace: (late: LateValue) => unknown,
): Promise<unknown> {
  if (value instanceof LateValue) return await replace(value);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await replaceLateValues(item, replace));
    return items;
  }
  if (!isPlainMap(value)) return value;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    members.push([key, await replaceLateValues(member, replace)]);
  }
  return Object.fromEntries(members);
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}
