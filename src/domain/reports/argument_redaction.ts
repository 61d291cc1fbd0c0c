/**
 * `redactSensitiveArgs` of report contexts (contract: authoring 1.6).
 *
 * @module
 */
import type { JsonSchema } from "../extensions/descriptor.ts";
import { MASK, maskSensitive } from "../models/sensitive_fields.ts";
import type { ArgumentKind, RedactArguments } from "./report.ts";

/** Schemas of arguments by kind; `undefined` stands for one that is not known. */
export type ArgumentSchemas = Readonly<Record<ArgumentKind, readonly (JsonSchema | undefined)[]>>;

/**
 * Masks what any of the schemas marks as sensitive. Where a schema is not known, as of a type that is
 * not installed any more, every value is masked: nobody can say that it is harmless.
 *
 * @param schemas one of a kind for a method; those of all steps for a workflow.
 *
 * @example
 * ```ts
 * const redact = argumentRedaction({ global: [], method: [{ properties: { key: { sensitive: true } } }] });
 * redact({ key: "s3cret", n: 1 }, "method"); // { key: "***", n: 1 }
 * ```
 */
export function argumentRedaction(schemas: ArgumentSchemas): RedactArguments {
  return <T>(args: T, kind: ArgumentKind): T => {
    const known = kind === "global" || kind === "method" ? schemas[kind] : [undefined];
    return known.reduce<unknown>(masked, args) as T;
  };
}

/**
 * The texts in arguments that {@linkcode argumentRedaction} hides, wherever they may turn up.
 *
 * @param redacted what it made of `args`.
 */
export function hiddenTexts(args: unknown, redacted: unknown): string[] {
  if (redacted === MASK) return textsIn(args);
  if (typeof args !== "object" || args === null) return [];
  return Object.entries(args).flatMap(([key, value]) =>
    hiddenTexts(value, (redacted as Record<string, unknown>)[key])
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === MASK ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function masked(args: unknown, schema: JsonSchema | undefined): unknown {
  if (typeof args !== "object" || args === null) return args;
  if (schema === undefined) {
    return Object.fromEntries(Object.keys(args).map((key) => [key, MASK]));
  }
  return maskSensitive(schema, maskUnread(schema, schema, args));
}

/** Masks texts that stand for lists or maps with sensitive members: JSON that nobody has read yet. */
function maskUnread(root: JsonSchema, schema: unknown, value: unknown): unknown {
  if (typeof value === "string") return hidesSensitive(root, schema) ? MASK : value;
  if (typeof value !== "object" || value === null || !isSchema(schema)) return value;
  if (Array.isArray(value)) return value.map((item) => maskUnread(root, schema.items, item));
  const { properties, additionalProperties } = schema;
  const known = isSchema(properties) ? properties : {};
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const memberSchema = Object.hasOwn(known, key) ? known[key] : additionalProperties;
      return [key, maskUnread(root, memberSchema, member)];
    }),
  );
}

/** Whether anything below a schema is sensitive; what it refers to may be anywhere in `root`. */
function hidesSensitive(root: JsonSchema, schema: unknown): boolean {
  const text = JSON.stringify(schema) ?? "";
  return MARK.test(text) || (text.includes('"$ref":') && MARK.test(JSON.stringify(root)));
}

const MARK = /"sensitive":true/;

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null;
}
