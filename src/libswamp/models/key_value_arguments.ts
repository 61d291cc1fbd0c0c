/**
 * `key=value` arguments of the command line: `--global-arg` and `--input` (contract: cli-core 6.1,
 * 7.2, IMP-45; authoring 5.3).
 *
 * @module
 */
import { messageOf, UserError } from "../../domain/errors.ts";

/** Reads a text file that an argument names; gives `undefined` when there is no such file. */
export type TextFileReader = (path: string) => Promise<string | undefined>;

/** Values by name; maps may be nested. */
export type ArgumentMap = Record<string, unknown>;

/** Keys that would reach into the prototypes of objects somewhere down the road. */
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads `key=value` pairs into one map; of equal keys the last one wins, and maps are merged.
 *
 * - The first `=` separates key and value; dots in the key make nested maps.
 * - Values are strings. `@path` is replaced by the text of that file, `\@x` is the text `@x`.
 * - `key:json=value` reads the value as JSON.
 *
 * @example
 * ```ts
 * await parseKeyValueArguments(["region=eu", "tags.env=prod", "ids:json=[1,2]"], readTextFile);
 * // { region: "eu", tags: { env: "prod" }, ids: [1, 2] }
 * ```
 *
 * @throws {UserError} `invalid_argument`, `input_file_not_found` or `unreadable_input_file`.
 */
export async function parseKeyValueArguments(
  pairs: readonly string[],
  readTextFile: TextFileReader,
): Promise<ArgumentMap> {
  const split = pairs.map(splitPair);
  const result: ArgumentMap = {};
  for (const pair of split) setAt(result, pair, await valueOf(pair, readTextFile));
  return result;
}

/**
 * `over` laid over `base`: maps are merged at every depth, everything else is replaced.
 *
 * @example
 * ```ts
 * mergeArguments({ a: { b: 1, c: [1] } }, { a: { c: [2] } }); // { a: { b: 1, c: [2] } }
 * ```
 */
export function mergeArguments(base: ArgumentMap, over: ArgumentMap): ArgumentMap {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = merged[key];
    merged[key] = isMap(old) && isMap(value) ? mergeArguments(old, value) : value;
  }
  return merged;
}

/**
 * Refuses arguments with keys that are not safe, at any depth.
 *
 * @throws {UserError} `invalid_argument`
 */
export function requireSafeKeys(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (RESERVED.has(key)) throw reservedKey(key);
    requireSafeKeys(member);
  }
}

interface Pair {
  /** As typed. */
  readonly key: string;
  readonly segments: readonly string[];
  readonly value: string;
  readonly isJson: boolean;
}

const JSON_SUFFIX = ":json";

function splitPair(pair: string): Pair {
  const equals = pair.indexOf("=");
  if (equals < 0) {
    throw invalid(`Invalid input format: "${pair}". Expected key=value format.`);
  }
  const typed = pair.slice(0, equals);
  const isJson = typed.endsWith(JSON_SUFFIX);
  const key = isJson ? typed.slice(0, -JSON_SUFFIX.length) : typed;
  const segments = key.split(".");
  if (segments.includes("")) throw invalid(`Invalid input: empty key in "${pair}".`);
  const reserved = segments.find((segment) => RESERVED.has(segment));
  if (reserved !== undefined) throw reservedKey(reserved);
  return { key, segments, value: pair.slice(equals + 1), isJson };
}

async function valueOf({ key, value, isJson }: Pair, readTextFile: TextFileReader) {
  const text = await textOf(key, value, readTextFile);
  if (!isJson) return text;
  try {
    const parsed: unknown = JSON.parse(text);
    requireSafeKeys(parsed);
    return parsed;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw invalid(`Invalid JSON for key "${key}": ${messageOf(error)}`);
  }
}

async function textOf(key: string, value: string, readTextFile: TextFileReader): Promise<string> {
  if (value.startsWith("\\@")) return value.slice(1);
  if (!value.startsWith("@")) return value;
  const path = value.slice(1);
  let text: string | undefined;
  try {
    text = await readTextFile(path);
  } catch (error) {
    throw new UserError(
      "unreadable_input_file",
      `Failed to read input file for key "${key}": ${messageOf(error)}`,
      { cause: error },
    );
  }
  if (text !== undefined) return text;
  throw new UserError("input_file_not_found", `Input file not found for key "${key}": ${path}`);
}

function setAt(root: ArgumentMap, { key, segments }: Pair, value: unknown): void {
  let map = root;
  for (const [depth, segment] of segments.slice(0, -1).entries()) {
    const next = Object.hasOwn(map, segment) ? map[segment] : map[segment] = {};
    if (!isMap(next)) {
      const shorter = segments.slice(0, depth + 1).join(".");
      throw invalid(`Invalid input: "${key}" needs "${shorter}" to be a map, but it has a value.`);
    }
    map = next;
  }
  const last = segments.at(-1)!;
  const old = Object.hasOwn(map, last) ? map[last] : undefined;
  map[last] = isMap(old) && isMap(value) ? mergeArguments(old, value) : value;
}

function isMap(value: unknown): value is ArgumentMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function reservedKey(key: string): UserError {
  return invalid(`Invalid input: the key "${key}" is reserved.`);
}

function invalid(message: string): UserError {
  return new UserError("invalid_argument", message);
}
