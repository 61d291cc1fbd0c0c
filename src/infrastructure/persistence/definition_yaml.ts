/**
 * The text of definition files. This module loads the YAML parser, so it is imported only where the
 * index has no parsed copy.
 *
 * @module
 */
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { messageOf } from "../../domain/errors.ts";
import type { Definition, DefinitionFailure } from "../../domain/models/definition.ts";
import { definitionDocument, readDefinition } from "../../domain/models/definition_document.ts";
import type { FieldPath, FieldProblem, PlainMap } from "../../domain/models/definition_fields.ts";
import { isMap as isPlainMap } from "../../domain/models/definition_fields.ts";
import { yamlMistake } from "./yaml_mistake.ts";

/** What the text of a definition file says, or why it says nothing usable. */
export type DefinitionText =
  | { readonly definition: Definition; readonly failure?: never }
  | { readonly failure: DefinitionFailure; readonly definition?: never };

interface ReadDocument {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly value: unknown;
}

/**
 * Reads the text of a definition file.
 *
 * @param folderType type for a text that names none.
 */
export function readDefinitionText(text: string, folderType?: string): DefinitionText {
  const type = folderType === undefined ? {} : { type: folderType };
  let read: ReadDocument;
  try {
    read = readDocument(text);
  } catch (error) {
    return { failure: { reason: messageOf(error), ...seemingIdentity(text), ...type } };
  }
  const { definition, problems } = readDefinition(read.value, folderType);
  if (definition !== undefined) return { definition };
  const reason = problems.map((problem) => located(problem, read)).join("; ");
  return { failure: { reason, ...seemingIdentity(text, read.value), ...type } };
}

/**
 * Reads a text as plain data.
 *
 * @throws {Error} whose message is one line that says where the mistake is.
 */
export function readPlain(text: string): unknown {
  return readDocument(text).value;
}

/**
 * A text changed so that it says `after`: whatever it already says so stays as written, comments
 * and the order of keys included.
 *
 * @param text a definition; its id and type may be missing or other ones.
 */
export function changedText(text: string, after: Definition): string {
  const { document, value } = readDocument(text);
  const written = isPlainMap(value) ? value : {};
  const { definition } = readDefinition({ ...written, id: after.id }, after.type);
  const before = {
    ...(definition === undefined ? {} : definitionDocument(definition)),
    id: written.id,
    type: written.type === undefined ? undefined : definition?.type,
  };
  applyChanges(document, [], before, definitionDocument(after));
  // What is new was made safe for readers of YAML 1.1; everything else stays as it is written.
  document.schema.compat = null;
  return document.toString({ singleQuote: true, lineWidth: 0, ...indentationOf(text) });
}

/** How deep a text indents maps, and whether it indents the items of a list below their key. */
function indentationOf(text: string): { indent: number; indentSeq: boolean } {
  const [, blanks = "  "] = /^[^\s#-][^\n]*:[ \t]*\r?\n( {1,8})[^\s#-]/m.exec(text) ?? [];
  const isFlush = /^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1- /m.test(text);
  return { indent: blanks.length, indentSeq: !isFlush };
}

/** A new part of a document, in which strings that YAML 1.1 takes for something else are quoted. */
function newNode(document: Document, value: unknown): Node {
  const { compat } = document.schema;
  const isSpecial = (text: string) =>
    compat?.some((tag) =>
      tag.default && tag.tag !== "tag:yaml.org,2002:str" && "test" in tag && tag.test?.test(text)
    );
  const node = document.createNode(value);
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === "string" && isSpecial(scalar.value)) scalar.type = "QUOTE_SINGLE";
    },
  });
  return node;
}

function readDocument(text: string): ReadDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: "error",
    merge: true,
    // Quotes strings that a reader of YAML 1.1 would take for a date, a number or a boolean.
    compat: "yaml-1.1",
  });
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new Error(yamlMistake(mistake.message));
  return { document, lines, value: plainValue(document) };
}

function plainValue(document: Document): unknown {
  try {
    const value = document.toJS() as unknown;
    JSON.stringify(value);
    return value;
  } catch (error) {
    // An alias that leads nowhere, into itself, or to more copies than anybody means.
    throw new Error(`an alias cannot be resolved: ${yamlMistake(messageOf(error))}`, {
      cause: error,
    });
  }
}

/** A problem with the line of the field that it is about, or of the closest field around it. */
function located({ path, message }: FieldProblem, { document, lines }: ReadDocument): string {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (!isNode(node) || node.range === undefined || node.range === null) continue;
    return `line ${lines.linePos(node.range[0]).line}: ${message}`;
  }
  return message;
}

/** Name and id of a damaged file, read from its lines where there is no usable document. */
function seemingIdentity(text: string, value?: unknown): { name?: string; id?: string } {
  const field = (key: string): string | undefined => {
    if (isPlainMap(value)) return typeof value[key] === "string" ? value[key] : undefined;
    const line = new RegExp(`^${key}:[ \t]+(['"]?)(.+?)\\1[ \t]*(?:[ \t]#.*)?\r?$`, "m");
    return line.exec(text)?.[2];
  };
  const name = field("name");
  const id = field("id");
  return { ...(name === undefined ? {} : { name }), ...(id === undefined ? {} : { id }) };
}

function applyChanges(
  document: Document,
  path: FieldPath,
  before: PlainMap,
  after: PlainMap,
): void {
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) document.deleteIn([...path, key]);
  }
  for (const [key, value] of Object.entries(after)) {
    const here = [...path, key];
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (JSON.stringify(old) === JSON.stringify(value)) continue;
    const bothMaps = isPlainMap(old) && isPlainMap(value) && isMap(document.getIn(here, true));
    // An empty map is written as `{}`; what is added to it would stay between the braces.
    if (bothMaps && Object.keys(old).length > 0) applyChanges(document, here, old, value);
    else {
      const isNew = !document.hasIn(here);
      document.setIn(here, newNode(document, value));
      if (isNew) quoteLastKey(document, path);
      if (isNew && path.length === 0) moveIntoPlace(document, Object.keys(after));
    }
  }
}

/** Has the key that was added to a map quoted if need be. */
function quoteLastKey(document: Document, path: FieldPath): void {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const added = isMap(map) ? map.items.at(-1) : undefined;
  if (added !== undefined) added.key = newNode(document, String(added.key));
}

/** Moves the last field of a document in front of those that come later in the format. */
function moveIntoPlace(document: Document, order: readonly string[]): void {
  if (!isMap(document.contents)) return;
  const { items } = document.contents;
  const place = ({ key }: { key: unknown }) => order.indexOf(String(key));
  const added = items.pop()!;
  const later = items.findIndex((item) => place(item) > place(added));
  items.splice(later < 0 ? items.length : later, 0, added);
  const second = items[1]?.key;
  if (later !== 0 || !isScalar(second)) return;
  // What is said at the top of a file is about the file, not about its first field.
  const key = document.createNode(String(added.key));
  key.commentBefore = second.commentBefore ?? null;
  added.key = key;
  second.commentBefore = null;
}
