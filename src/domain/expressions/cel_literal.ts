import { Duration, UnsignedInt } from "@marcbachmann/cel-js/evaluator";
import { LateValue } from "./late_value.ts";
import { quoted } from "./string_literal.ts";

/**
 * A value of CEL as CEL text that gives it again.
 *
 * @returns `undefined` for a value that has no such text.
 *
 * @example
 * ```ts
 * celLiteral({ n: 5 }); // '{"n": dyn(5.0)}'
 * ```
 */
export function celLiteral(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "bigint":
    case "boolean":
      return String(value);
    case "number":
      return numberLiteral(value);
    case "object":
      return value === null ? "null" : objectLiteral(value);
    default:
      return undefined;
  }
}

function numberLiteral(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function objectLiteral(value: object): string | undefined {
  const member = (inner: unknown) => {
    const text = celLiteral(inner);
    // Literals of lists and maps must be of one type, which values of YAML and JSON need not be.
    return text === undefined ? undefined : `dyn(${text})`;
  };
  if (value instanceof Date) return `timestamp(${quoted(value.toISOString())})`;
  if (value instanceof Duration) return `duration(${quoted(value.toString())})`;
  if (value instanceof UnsignedInt) return `${value.value}u`;
  if (Array.isArray(value)) {
    const items = value.map(member);
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (value instanceof LateValue) return value.source;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isMap = value instanceof Map || prototype === Object.prototype || prototype === null;
  if (!isMap) return undefined;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries.map(([key, inner]) => [celLiteral(key), member(inner)]);
  if (members.flat().includes(undefined)) return undefined;
  return `{${members.map((pair) => pair.join(": ")).join(", ")}}`;
}
