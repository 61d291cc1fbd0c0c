/**
 * Partial evaluation: an expression of which a part can only be evaluated later, with the values of
 * everything else written into it.
 *
 * @module
 */
import { type ASTNode, evaluateCel, type ParsedExpression, type Variables } from "./cel.ts";
import { celLiteral } from "./cel_literal.ts";
import { LateValue } from "./late_value.ts";
import { childrenOf, type PathReference, referencesIn } from "./references.ts";

/**
 * The expression as CEL text that needs fewer variables: parts of it that have a value already are
 * replaced by that value, and late values by what gives them. Parts that fail stay as they are.
 *
 * @param variables what is known; every other variable stays.
 * @returns `undefined` where nothing could be replaced.
 *
 * @example
 * ```ts
 * const parsed = parseExpression("env.HOME + inputs.path");
 * await residualSource(parsed, { inputs: { path: "/x" } }); // 'env.HOME + dyn("/x")'
 * ```
 */
export async function residualSource(
  { cel: { text }, tree }: ParsedExpression,
  variables: Variables,
): Promise<string | undefined> {
  const replacements: Replacement[] = [];
  await replaceKnown(tree, { text, variables, replacements });
  if (replacements.length === 0) return undefined;
  let residual = "";
  let at = 0;
  for (const { start, end, replacement } of replacements.sort((a, b) => a.start - b.start)) {
    residual += text.slice(at, start) + replacement;
    at = end;
  }
  return residual + text.slice(at);
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Search {
  readonly text: string;
  readonly variables: Variables;
  readonly replacements: Replacement[];
}

async function replaceKnown(node: ASTNode, search: Search): Promise<void> {
  const references = referencesIn(node);
  if (references.roots.size === 0) return;
  const { start, end } = node;
  const isKnown = [...references.roots].every((root) => root in search.variables);
  const literal = isKnown && !isWholeModel(node) ? await literalOf(node, search) : undefined;
  if (literal !== undefined) {
    search.replacements.push({ start, end, replacement: literal });
    return;
  }
  for (const child of replaceableChildren(node)) await replaceKnown(child, search);
}

/** The variable `model` holds what the expression mentions, not everything that there is. */
function isWholeModel(node: ASTNode): boolean {
  return node.op === "id" && node.args === "model";
}

function replaceableChildren(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case "call":
      // `has` takes a path, not a value.
      return node.args[0] === "has" ? [] : node.args[1];
    case "rcall": {
      const [, receiver, given] = node.args;
      // The first argument of a macro is the name of a variable, and the rest may use it.
      return given[0]?.op === "id" ? [receiver] : [receiver, ...given];
    }
    case ".":
    case ".?":
    case "[]":
    case "[?]":
      // Whatever has no value at the end of its path has none that is worth writing before.
      return childrenOf(node).filter((child) => child.op !== "id");
    default:
      return childrenOf(node);
  }
}

async function literalOf(
  node: ASTNode,
  { text, variables }: Search,
): Promise<string | undefined> {
  const late = lateValueOf(node, variables);
  if (late !== undefined) return late.source === undefined ? undefined : `(${late.source})`;
  try {
    const literal = celLiteral(await evaluateCel(text.slice(node.start, node.end), variables));
    return literal === undefined ? undefined : `dyn(${literal})`;
  } catch {
    return undefined;
  }
}

/** The late value that a node is. */
export function lateValueOf(node: ASTNode, variables: Variables): LateValue | undefined {
  const [path, other] = referencesIn(node).paths;
  if (path === undefined || other !== undefined) return undefined;
  if (path.start !== node.start || path.end !== node.end) return undefined;
  return lateValueAt(path, variables, true);
}

/**
 * The late value that a path leads to, or through.
 *
 * @param exactly whether one that the path goes on behind does not count.
 */
export function lateValueAt(
  { root, steps }: PathReference,
  variables: Variables,
  exactly = false,
): LateValue | undefined {
  let value: unknown = variables[root];
  for (const step of steps) {
    if (value instanceof LateValue) return exactly ? undefined : value;
    if (typeof value !== "object" || value === null || "computed" in step) return undefined;
    const key = "key" in step ? step.key : String(step.index);
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value instanceof LateValue ? value : undefined;
}
