/**
 * Reads YAML. Documents that are nothing but nested maps of simple scalars, which is what swamp itself
 * writes, need no YAML library; everything else is given to one.
 *
 * @module
 */
import { yamlMistake } from "./yaml_mistake.ts";

const LINE =
  /^((?: {2})*)([A-Za-z_][\w-]*):(?: (?:'([^'\p{Cc}\x7f-\u{10ffff}]*)'|([\w/.][\w/.:+-]*(?<!:))|(\{\})))?$/u;

/** Scalars that are not strings, or that are too special to be decided here. */
const NOT_TEXT =
  /^(?:y|n|yes|no|on|off|true|false|null|\.inf|\.nan|\.\.\..*|[-+]?[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|[-+]?0[box][\da-f_]+|[-+]?\d+(?::\d+)+(?:\.\d*)?)$/i;

type YamlMap = Record<string, unknown>;

/**
 * Reads one document.
 *
 * @throws {Error} whose message is one line that says where the mistake is.
 */
export async function parseYaml(text: string): Promise<unknown> {
  const simple = readSimpleYaml(text);
  if (simple !== undefined) return simple;
  const { parseDocument } = await import("./yaml_document.ts");
  const document = parseDocument(text, { logLevel: "error" });
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new Error(yamlMistake(mistake.message), { cause: mistake });
  try {
    return document.toJS();
  } catch (error) {
    throw new Error(yamlMistake((error as Error).message), { cause: error });
  }
}

/**
 * Reads maps of maps of simple scalars: words, single-quoted ASCII, whole numbers and booleans.
 *
 * @returns the map, or `undefined` for everything that needs a real parser, correct or not.
 *
 * @example
 * ```ts
 * readSimpleYaml("name: a\nsize: 3\ntags:\n  type: file\n");
 * // { name: "a", size: 3, tags: { type: "file" } }
 * ```
 */
export function readSimpleYaml(text: string): YamlMap | undefined {
  const root: YamlMap = {};
  /** Maps that are open, outermost first; depth is the index. */
  const open: YamlMap[] = [root];
  /** The map whose first member must come next. */
  let awaited: YamlMap | undefined;
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const match = LINE.exec(line);
    if (match === null) return undefined;
    const [, blanks, key, quoted, plain, empty] = match as unknown as (string | undefined)[];
    const depth = blanks!.length / 2;
    if (awaited === undefined ? depth >= open.length : depth !== open.length) return undefined;
    if (awaited !== undefined) open.push(awaited);
    open.length = depth + 1;
    const parent = open[depth]!;
    if (Object.hasOwn(parent, key!) || key === "__proto__") return undefined;
    awaited = undefined;
    if (quoted !== undefined) parent[key!] = quoted;
    else if (empty !== undefined) parent[key!] = {};
    else if (plain === undefined) parent[key!] = awaited = {};
    else {
      const value = readPlain(plain);
      if (value === undefined) return undefined;
      parent[key!] = value;
    }
  }
  return awaited === undefined && Object.keys(root).length > 0 ? root : undefined;
}

function readPlain(plain: string): string | number | boolean | undefined {
  if (plain === "true" || plain === "false") return plain === "true";
  if (/^(?:0|[1-9]\d{0,14})$/.test(plain)) return Number(plain);
  return NOT_TEXT.test(plain) ? undefined : plain;
}
