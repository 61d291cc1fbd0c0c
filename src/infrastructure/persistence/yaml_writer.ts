/**
 * Writes plain data as YAML. What swamp writes is simple, and writing it by hand costs nothing, where
 * loading a YAML library would be a good part of a method run's time.
 *
 * @module
 */

/** Words of letters, digits and harmless signs, single blanks between them. */
const PLAIN = /^[A-Za-z0-9_/.][\w/.,+()@-]*(?::[\w/.,+()@-]+)*(?: [\w/.,+()-][\w/.,+()@-]*)*$/;

/** Strings that a reader of YAML 1.1 or 1.2 would take for something else. */
const OTHER_TYPE =
  /^(?:y|n|yes|no|on|off|true|false|null|~|\.inf|\.nan|\.\.\..*|---.*|\d{4}-\d\d?-\d\d?.*|[-+]?[\d_,]*\.?[\d_,]*(?:e[-+]?\d+)?|[-+]?0[box][\da-f_]+|[-+]?\d+(?::\d+)+(?:\.\d*)?)$/i;

/** Everything that single quotes cannot hold: control characters and what YAML 1.1 calls breaks. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFEFF\uFFFE\uFFFF]/u;

/**
 * A value as YAML: two spaces of indent, single quotes where quotes are needed, keys in the order of
 * the value. Members that are `undefined` are left out.
 *
 * @param value plain data, as JSON could hold it.
 *
 * @example
 * ```ts
 * yamlText({ type: "@acme/x", tags: {}, createdAt: "2026-11-20T17:30:02.353Z" });
 * // type: '@acme/x'
 * // tags: {}
 * // createdAt: '2026-11-20T17:30:02.353Z'
 * ```
 */
export function yamlText(value: unknown): string {
  return `${block(value, "").replace(/^[\n ]/, "")}\n`;
}

/** A value as it stands after a key or a dash: blank and scalar, or line break and block. */
function block(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return " []";
    return value.map((item) => `\n${indent}-${nested(item, `${indent}  `)}`).join("");
  }
  if (typeof value !== "object" || value === null) return ` ${scalar(value, indent)}`;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length === 0) return " {}";
  return entries.map(([key, member]) => `\n${indent}${text(key)}:${block(member, `${indent}  `)}`)
    .join("");
}

/** A list's item: a map or list begins in the dash's own line. */
function nested(item: unknown, indent: string): string {
  const written = block(item, indent);
  return written.startsWith("\n") ? ` ${written.slice(1 + indent.length)}` : written;
}

function scalar(value: unknown, indent: string): string {
  if (typeof value !== "string") {
    return Number.isFinite(value) || typeof value === "boolean" ? String(value) : "null";
  }
  return isProse(value) ? literal(value, indent) : text(value);
}

/** A string on one line. */
function text(value: string): string {
  if (PLAIN.test(value) && !OTHER_TYPE.test(value)) return value;
  if (!UNPRINTABLE.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replaceAll(
    new RegExp(UNPRINTABLE, "gu"),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Several lines that a literal block can hold: no blanks where they would get lost. */
function isProse(value: string): boolean {
  const lines = value.split("\n");
  return lines.length > 1 && !lines.some((line) => UNPRINTABLE.test(line)) &&
    /^[^\s]/.test(value) && !/\n$/.test(value);
}

function literal(value: string, indent: string): string {
  const lines = value.split("\n").map((line) => line === "" ? "" : `${indent || "  "}${line}`);
  return `|-\n${lines.join("\n")}`;
}
