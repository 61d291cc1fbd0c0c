/**
 * What an expression refers to, found in its tree.
 *
 * @module
 */
import type { ASTNode } from "@marcbachmann/cel-js";

/** One step of a path: a key, an index into a list, or something only known when evaluated. */
export type PathStep =
  | { readonly key: string }
  | { readonly index: number }
  | { readonly computed: ASTNode };

/** A path from a variable: `model.web.resource.state`. */
export interface PathReference {
  /** The variable. */
  readonly root: string;
  readonly steps: readonly PathStep[];
  /** Index in the CEL text of the path's beginning, and after it. */
  readonly start: number;
  readonly end: number;
  /** Whether it stands in `has(…)`, so that its last step may lead nowhere. */
  readonly guarded: boolean;
}

/** A call of a function of a variable: `vault.get("v", "k")`. */
export interface CallReference {
  readonly root: string;
  readonly name: string;
  /** Arguments that are string literals; `undefined` for others. */
  readonly arguments: readonly (string | undefined)[];
  readonly start: number;
  readonly end: number;
}

/**
 * Whether an expression asks first whether there is anything at the end of a path, with `has` or `in`.
 */
export function isAskedFor({ root, steps }: PathReference, { paths }: References): boolean {
  const isPrefix = (others: readonly PathStep[]) =>
    others.every((other, index) => {
      const step = steps[index];
      if (step === undefined) return false;
      if ("key" in other) return "key" in step && step.key === other.key;
      return "index" in other && "index" in step && step.index === other.index;
    });
  return paths.some((path) => path.guarded && path.root === root && isPrefix(path.steps));
}

/** Everything that an expression refers to, in the order in which it stands there. */
export interface References {
  readonly paths: readonly PathReference[];
  readonly calls: readonly CallReference[];
  /** The variables of paths and calls. */
  readonly roots: ReadonlySet<string>;
}

/** Macros whose first argument names a variable. */
const BINDING_MACROS = ["map", "filter", "all", "exists", "exists_one"];

/**
 * What the expression with this tree refers to. Variables that macros bind are left out.
 *
 * @param bound names that are bound around the expression.
 */
export function referencesIn(tree: ASTNode, bound: ReadonlySet<string> = new Set()): References {
  const paths: PathReference[] = [];
  const calls: CallReference[] = [];
  collect(tree, { paths, calls, bound, guarded: false });
  return { paths, calls, roots: new Set([...paths, ...calls].map(({ root }) => root)) };
}

/** Where {@linkcode collect} is, and what it found. */
interface Search {
  readonly paths: PathReference[];
  readonly calls: CallReference[];
  readonly bound: ReadonlySet<string>;
  readonly guarded: boolean;
}

function collect(node: ASTNode, search: Search): void {
  switch (node.op) {
    case "value":
      return;
    case "id":
    case ".":
    case ".?":
    case "[]":
    case "[?]":
      return collectPath(node, search);
    case "rcall":
      return collectMethod(node.args, node, search);
    case "call": {
      const [name, given] = node.args;
      for (const child of given) collect(child, { ...search, guarded: name === "has" });
      return;
    }
    case "in":
      collectMembership(node, search);
      // falls through
    default:
      for (const child of childrenOf(node)) collect(child, search);
  }
}

/** `"key" in path` asks for a member of the path, as `has(path.key)` does. */
function collectMembership(node: ASTNode & { readonly op: "in" }, search: Search): void {
  const [{ op, args: key }, container] = node.args;
  if (op !== "value" || typeof key !== "string") return;
  const paths: PathReference[] = [];
  collectPath(container, { ...search, paths, calls: [] });
  const path = paths.find(({ start, end }) => start === container.start && end === container.end);
  if (path === undefined) return;
  search.paths.push({ ...path, steps: [...path.steps, { key }], guarded: true });
}

function collectPath(node: ASTNode, search: Search): void {
  const steps: PathStep[] = [];
  let base = node;
  for (;;) {
    if (base.op === "." || base.op === ".?") steps.unshift({ key: base.args[1] });
    else if (base.op === "[]" || base.op === "[?]") {
      steps.unshift(stepOf(base.args[1]));
      collect(base.args[1], { ...search, guarded: false });
    } else break;
    base = base.args[0];
  }
  if (base.op !== "id") return collect(base, { ...search, guarded: false });
  if (search.bound.has(base.args)) return;
  const { guarded } = search;
  search.paths.push({ root: base.args, steps, start: node.start, end: node.end, guarded });
}

function stepOf(index: ASTNode): PathStep {
  if (index.op !== "value") return { computed: index };
  const { args: value } = index;
  if (typeof value === "string") return { key: value };
  return typeof value === "bigint" ? { index: Number(value) } : { computed: index };
}

function collectMethod(
  [name, receiver, given]: [string, ASTNode, ASTNode[]],
  node: ASTNode,
  search: Search,
): void {
  const [variable] = given;
  const isBind = name === "bind" && receiver.op === "id" && receiver.args === "cel";
  if (variable?.op === "id" && (isBind || (BINDING_MACROS.includes(name) && given.length > 1))) {
    if (!isBind) collect(receiver, search);
    const inner = { ...search, bound: new Set([...search.bound, variable.args]) };
    const [, first, ...rest] = given as [ASTNode, ASTNode, ...ASTNode[]];
    collect(first, isBind ? search : inner);
    for (const child of rest) collect(child, inner);
    return;
  }
  if (receiver.op === "id" && !search.bound.has(receiver.args)) {
    const literals = given.map((argument) =>
      argument.op === "value" && typeof argument.args === "string" ? argument.args : undefined
    );
    const { start, end } = node;
    search.calls.push({ root: receiver.args, name, arguments: literals, start, end });
  } else collect(receiver, search);
  for (const child of given) collect(child, search);
}

/** The nodes directly below a node. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  return nodesIn(node.args);
}

function nodesIn(value: unknown): ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  const isNode = typeof value === "object" && value !== null && "op" in value && "args" in value;
  return isNode ? [value as ASTNode] : [];
}
