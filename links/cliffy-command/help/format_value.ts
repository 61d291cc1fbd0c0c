import type { Palette } from "../ansi.ts";

const MAX_ITEMS = 10;
const MAX_DEPTH = 2;

/** A default value as help shows it: in the notation of the source, on one line. */
export function formatValue(value: unknown, paint: Palette, depth = 0): string {
  switch (typeof value) {
    case "string":
      return paint.green(JSON.stringify(value));
    case "number":
    case "bigint":
    case "boolean":
      return paint.yellow(String(value));
    case "undefined":
      return paint.gray("undefined");
    case "function":
      return paint.cyan("[Function]");
    case "symbol":
      return paint.cyan("[Symbol]");
    default:
      return formatObject(value as object | null, paint, depth);
  }
}

function formatObject(value: object | null, paint: Palette, depth: number): string {
  if (value === null) return paint.gray("null");
  if (value instanceof Date) {
    return paint.magenta(Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString());
  }
  if (value instanceof RegExp) return paint.red(String(value));
  if (Array.isArray(value)) return formatArray(value, paint, depth);
  return paint.cyan(`[${value.constructor?.name ?? "Object"}]`);
}

function formatArray(values: unknown[], paint: Palette, depth: number): string {
  if (values.length === 0) return "[]";
  if (depth >= MAX_DEPTH) return paint.cyan("[...]");
  const items = values.slice(0, MAX_ITEMS).map((item) => formatValue(item, paint, depth + 1));
  if (values.length > MAX_ITEMS) {
    items.push(`... ${values.length - MAX_ITEMS} more`);
  }
  return `[ ${items.join(", ")} ]`;
}
