import { isScalar, LineCounter, parseDocument } from "yaml";
import type { TextPosition } from "../../domain/models/definition_store.ts";

/**
 * Where in a YAML document a part of a text value stands, line and column from 1.
 *
 * @param path keys and indexes that lead to the value.
 * @param part a part of the value. Where the document writes it in another way, with escapes or over
 * several lines, the answer is where the value begins.
 * @param offset so many characters behind the beginning of `part`.
 *
 * @example
 * ```ts
 * positionInYaml("a:\n  b: x-yz\n", ["a", "b"], "yz", 1); // { line: 2, column: 9 }
 * ```
 */
export function positionInYaml(
  document: string,
  path: readonly (string | number)[],
  part: string,
  offset: number,
): TextPosition | undefined {
  const lines = new LineCounter();
  const node = parseDocument(document, { lineCounter: lines, logLevel: "error", merge: true })
    .getIn(path, true);
  if (!isScalar(node) || node.range === null || node.range === undefined) return undefined;
  const [start, end] = node.range;
  const found = document.slice(start, end).indexOf(part);
  const { line, col } = lines.linePos(found < 0 ? start : start + found + offset);
  return { line, column: col };
}
