import {
  type ASTNode,
  evaluateCel,
  type ParsedExpression,
  type Variables,
} from "../../domain/expressions/cel.ts";
import { childrenOf, type PathReference } from "../../domain/expressions/references.ts";
import { damageOf } from "../../domain/models/definition_lookup.ts";
import { missingOutputText } from "./missing_data.ts";
import type { ExpressionSources } from "./sources.ts";
import { suggestion } from "./suggestion.ts";

type Sources = Pick<ExpressionSources, "definitions" | "openData">;

/**
 * Which key of an expression is not there, as a sentence with what was probably meant.
 *
 * @param key the key that the evaluation missed.
 * @returns `undefined` when only the evaluation knows where it missed the key.
 */
export async function missingKeyText(
  key: string,
  { references: { paths }, tree, cel }: ParsedExpression,
  variables: Variables,
  sources: Sources,
): Promise<string | undefined> {
  for (const path of paths.filter(({ guarded }) => !guarded)) {
    const missing = missingKey(path, variables);
    if (missing?.key === key) return await pathText(path, missing, sources);
  }
  const names = await namesBesides(key, tree, { text: cel.text, variables });
  return names === undefined ? undefined : `No such key: ${key}${suggestion(key, names, true)}`;
}

/** A key that is not in the map that a path leads to. */
interface MissingKey {
  readonly key: string;
  readonly container: object;
  /** How many steps lead to the map. */
  readonly depth: number;
}

function missingKey({ root, steps }: PathReference, variables: Variables): MissingKey | undefined {
  let container: unknown = variables[root];
  for (const [depth, step] of steps.entries()) {
    if (!("key" in step)) return undefined;
    if (typeof container !== "object" || container === null) return undefined;
    const { key } = step;
    if (!Object.hasOwn(container, key)) return { key, container, depth };
    container = (container as Record<string, unknown>)[key];
  }
  return undefined;
}

async function pathText(
  path: PathReference,
  { key, container, depth }: MissingKey,
  sources: Sources,
): Promise<string> {
  if (path.root === "env") return `No such key: ${key} (the environment variable is not set)`;
  if (path.root !== "model") return `No such key: ${key}${suggested(key, container)}`;
  if (depth === 0) return await missingModelText(key, sources);
  const data = depth === 2 || depth === 3 ? await missingOutputText(path, sources) : undefined;
  return `No such key: ${key}${data ?? suggested(key, container)}`;
}

function suggested(key: string, container: object): string {
  return suggestion(key, Object.keys(container), true);
}

async function missingModelText(name: string, { definitions }: Sources): Promise<string> {
  const { definitions: all, broken } = await definitions.list();
  const names = all.map(({ definition }) => definition.name);
  const end = damageOf(name, broken) ?? suggestion(name, names, false);
  return `Referenced model "${name}" not found${end}`;
}

/** Where parts of an expression get their values from. */
interface Evaluation {
  /** The expression as CEL. */
  readonly text: string;
  readonly variables: Variables;
}

/** The keys of the first map, in the order of evaluation, in which a part of a tree misses a key. */
async function namesBesides(
  key: string,
  node: ASTNode,
  evaluation: Evaluation,
): Promise<string[] | undefined> {
  for (const child of childrenOf(node)) {
    const names = await namesBesides(key, child, evaluation);
    if (names !== undefined) return names;
  }
  const isMember = node.op === "." && node.args[1] === key;
  const isIndex = node.op === "[]" && node.args[1].op === "value" && node.args[1].args === key;
  if (!isMember && !isIndex) return undefined;
  const names = keysOf(await valueOf(node.args[0], evaluation));
  return names?.includes(key) ? undefined : names;
}

/** `undefined` for what has no value, like the variable of a macro. */
async function valueOf(
  { start, end }: ASTNode,
  { text, variables }: Evaluation,
): Promise<unknown> {
  try {
    return await evaluateCel(text.slice(start, end), variables);
  } catch {
    return undefined;
  }
}

function keysOf(value: unknown): string[] | undefined {
  if (value instanceof Map) return [...value.keys()].map(String);
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap ? Object.keys(value) : undefined;
}
