/**
 * What expressions may say beyond CEL (contract: authoring 4.2, 4.6): names with hyphens after
 * `model.`, arguments of `vault.get` without quotes, and `has(…)` of paths with indexes or calls.
 *
 * @module
 */
import { literalText } from "./string_literal.ts";
import { afterLiteral } from "./template.ts";

/** A source as CEL. */
export interface CelSource {
  readonly text: string;
  /** Index in the source for an index in {@linkcode text}. */
  readonly sourceIndex: (index: number) => number;
}

interface Edit {
  /** Where in the source. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Members of `model.<name>`; a name with hyphens is only taken for one in front of these. */
const MEMBER = "(?:input|definition|resource|file|execution)";

/** Members of a record; the same for names of specs and instances. */
const FIELD = "(?:id|name|version|createdAt|attributes|tags|path|size|contentType|content|" +
  "modelName|modelType|specName|dataType|lifetime|lifecycle|ownerType|streaming)";

const NAME = "[\\w]+(?:-[\\w]+)*";
const MODEL = new RegExp(`model\\s*\\.\\s*(${NAME})(?=\\s*\\.\\s*${MEMBER}\\b)`, "y");
const ITEM = new RegExp(
  `\\s*\\.\\s*(?:resource|file)\\s*\\.\\s*(${NAME})\\s*\\.\\s*(${NAME})(?=\\s*\\.\\s*${FIELD}\\b)`,
  "dy",
);
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** `vault.get(a, b)` of which an argument is not in quotes that CEL knows. */
const VAULT_GET = /vault\s*\.\s*get\s*\(([^()]*)\)/dy;
const VAULT_ARGUMENT =
  /\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[^\s'"`,()+?[\]][^'"`,()+?[\]]*)\s*(,|$)/dy;

/**
 * Makes CEL of the source of an expression.
 *
 * @example
 * ```ts
 * toCel("model.my-vpc.resource.st.main.id").text; // 'model["my-vpc"].resource.st.main.id'
 * toCel("vault.get(prod, db-password)").text; // 'vault.get("prod", "db-password")'
 * ```
 */
export function toCel(source: string): CelSource {
  const named = rewritten(source, editsAt);
  const asked = rewritten(named.text, hasEdits);
  return { text: asked.text, sourceIndex: (index) => named.sourceIndex(asked.sourceIndex(index)) };
}

/** `vault.get` as CEL has it, its arguments as literals. */
const SECRET =
  /\bvault\s*\.\s*get\s*\(\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\s*,\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/g;

/**
 * The secrets that the source of an expression asks for, without making sense of the rest of it: it may
 * have mistakes.
 *
 * @example
 * ```ts
 * secretsNamedIn("'x' + vault.get(prod, `db-password`)"); // [{ vault: "prod", key: "db-password" }]
 * ```
 */
export function secretsNamedIn(source: string): { readonly vault: string; readonly key: string }[] {
  return [...toCel(source).text.matchAll(SECRET)].map(([, vault = "", key = ""]) => ({
    vault: literalText(vault),
    key: literalText(key),
  }));
}

/** What is to be changed at a word of a source, in order. */
type Editor = (source: string, at: number, name: string) => Edit[];

/** The source with its words edited, those in literals and comments left alone. */
function rewritten(source: string, editor: Editor): CelSource {
  const edits: Edit[] = [];
  for (let at = 0; at < source.length;) {
    if (source.startsWith("//", at)) {
      const end = source.indexOf("\n", at);
      at = end < 0 ? source.length : end;
      continue;
    }
    const next = afterLiteral(source, at) ?? source.length;
    if (next > at) {
      at = next;
      continue;
    }
    const word = /[A-Za-z_]\w*/y;
    word.lastIndex = at;
    const [name] = word.exec(source) ?? [];
    if (name === undefined) {
      at++;
      continue;
    }
    const isMember = /\.\s*$/.test(source.slice(0, at));
    const found = isMember ? [] : editor(source, at, name);
    edits.push(...found);
    at = Math.max(at + name.length, found.at(-1)?.end ?? 0);
  }
  return applied(source, edits);
}

function editsAt(source: string, at: number, name: string): Edit[] {
  if (name === "model") return modelEdits(source, at);
  return name === "vault" ? vaultEdits(source, at) : [];
}

function modelEdits(source: string, at: number): Edit[] {
  MODEL.lastIndex = at;
  const found = MODEL.exec(source);
  if (found === null) return [];
  const nameStart = at + found[0].length - found[1]!.length;
  const edits = [nameEdit(source, nameStart, found[1]!)];
  ITEM.lastIndex = at + found[0].length;
  const item = ITEM.exec(source);
  for (const group of item === null ? [] : [1, 2]) {
    edits.push(nameEdit(source, item!.indices![group]![0], item![group]!));
  }
  return edits.filter((edit) => edit !== undefined);
}

/** `.name` as an index, for a name that is no identifier of CEL. */
function nameEdit(source: string, nameStart: number, name: string): Edit | undefined {
  if (IDENTIFIER.test(name)) return undefined;
  const start = source.lastIndexOf(".", nameStart);
  return { start, end: nameStart + name.length, replacement: `["${name}"]` };
}

function vaultEdits(source: string, at: number): Edit[] {
  VAULT_GET.lastIndex = at;
  const call = VAULT_GET.exec(source);
  if (call === null) return [];
  const [from, to] = call.indices![1]!;
  const edits: Edit[] = [];
  let next = from;
  for (let count = 0; count < 2; count++) {
    const inside = source.slice(0, to);
    VAULT_ARGUMENT.lastIndex = next;
    const argument = VAULT_ARGUMENT.exec(inside);
    // Something that CEL must make sense of.
    if (argument === null || (argument[2] === ",") !== (count === 0)) return [];
    const [start, end] = argument.indices![1]!;
    const text = argument[1]!;
    if (!/^["']/.test(text)) {
      const name = text.startsWith("`") ? text.slice(1, -1) : text.trimEnd();
      edits.push({ start, end, replacement: JSON.stringify(name) });
    }
    next += argument[0].length;
  }
  return edits;
}

/** `has` only takes names behind dots. `"c" in (a["b"])` asks the same about what is no such path. */
function hasEdits(source: string, at: number, name: string): Edit[] {
  const opening = /\s*\(/y;
  opening.lastIndex = at + name.length;
  if (name !== "has" || !opening.test(source)) return [];
  const from = opening.lastIndex;
  const end = closingParenthesis(source, from);
  if (end === undefined) return [];
  const argument = source.slice(from, end);
  const [, path, field] = /^([^]*?)\.\s*([A-Za-z_]\w*)\s*$/.exec(argument) ?? [];
  if (path === undefined || !/[[(]/.test(path)) return [];
  return [{ start: at, end: end + 1, replacement: `("${field}" in (${path}))` }];
}

/** Index of the `)` that closes what was opened before `from`. */
function closingParenthesis(source: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < source.length;) {
    const next = afterLiteral(source, at);
    if (next === undefined) return undefined;
    if (next > at) {
      at = next;
      continue;
    }
    if (source[at] === "(") depth++;
    else if (source[at] === ")" && depth-- === 0) return at;
    at++;
  }
  return undefined;
}

function applied(source: string, edits: readonly Edit[]): CelSource {
  let text = "";
  let at = 0;
  /** Per edit: where it begins in the text, by how much the text is longer after it. */
  const shifts: { readonly start: number; readonly end: number; readonly source: Edit }[] = [];
  for (const edit of edits) {
    text += source.slice(at, edit.start);
    shifts.push({ start: text.length, end: text.length + edit.replacement.length, source: edit });
    text += edit.replacement;
    at = edit.end;
  }
  return {
    text: text + source.slice(at),
    sourceIndex: (index) => {
      const shift = shifts.findLast(({ start }) => start <= index);
      if (shift === undefined) return index;
      if (index < shift.end) return shift.source.start;
      return shift.source.end + index - shift.end;
    },
  };
}
