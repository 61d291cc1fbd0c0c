/**
 * Definitions whose evaluation needs itself, found without evaluating anything.
 *
 * @module
 */
import type { ParsedExpression } from "../../domain/expressions/cel.ts";
import type { PathReference } from "../../domain/expressions/references.ts";
import { expressionsIn, isTemplate } from "../../domain/expressions/template.ts";
import { UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";
import { readsDefinition } from "./model_variable.ts";
import { argumentOrder } from "./own_arguments.ts";
import { someText } from "./text_mapping.ts";

/** What {@linkcode CycleSearch} looks in. */
export interface CycleScope {
  readonly parse: (source: string) => ParsedExpression;
  /** A definition by its name or id. */
  readonly find: (nameOrId: string) => Definition | undefined;
  /** Names of all definitions. */
  readonly names: readonly string[];
}

/**
 * Finds the cycles that evaluating a definition would run into. Every cycle is told once.
 *
 * What forms a cycle is what `DefinitionEvaluator` evaluates on demand: tags and global arguments of
 * other definitions, and the global arguments of one definition among each other.
 */
export class CycleSearch {
  readonly #definition: Definition;
  readonly #scope: CycleScope;
  /** Ids of definitions that lead into no cycle, or into one that was told. */
  readonly #done = new Set<string>();

  constructor(definition: Definition, scope: CycleScope) {
    this.#definition = definition;
    this.#scope = scope;
  }

  /** The sentence about a cycle within the global arguments of the definition itself. */
  own(): string | undefined {
    return ownCycle(this.#definition, this.#scope);
  }

  /**
   * The sentence about a cycle that an expression of the definition leads into.
   *
   * @param isSeen whether the expression stands where other definitions see it: in tags and global
   * arguments.
   */
  from(expression: ParsedExpression, isSeen: boolean): string | undefined {
    const way = isSeen ? [this.#definition] : [];
    for (const target of this.#targets(expression, this.#definition)) {
      const sentence = this.#visit(target, way);
      if (sentence !== undefined) return sentence;
    }
    return undefined;
  }

  #visit(definition: Definition, way: readonly Definition[]): string | undefined {
    const met = way.findIndex(({ id }) => id === definition.id);
    if (met >= 0) {
      const names = [...way.slice(met), definition].map(({ name }) => name);
      return `Cyclic dependency detected: ${names.join(" -> ")}`;
    }
    if (this.#done.has(definition.id)) return undefined;
    this.#done.add(definition.id);
    const { tags, globalArguments } = definition;
    if (!someText([tags, globalArguments], isTemplate)) return undefined;
    const own = ownCycle(definition, this.#scope);
    if (own !== undefined) return own;
    for (const expression of expressionsOf([tags, globalArguments], this.#scope.parse)) {
      for (const target of this.#targets(expression, definition)) {
        const sentence = this.#visit(target, [...way, definition]);
        if (sentence !== undefined) return sentence;
      }
    }
    return undefined;
  }

  /** The other definitions that an expression has evaluated. */
  #targets({ references }: ParsedExpression, { id }: Definition): Definition[] {
    return references.paths
      .filter((path) => path.root === "model" && readsDefinition(path))
      .flatMap((path) => this.#namedBy(path))
      .filter((target) => target.id !== id);
  }

  /** The definitions that a path is about: all of them where its name is computed. */
  #namedBy({ steps: [step] }: PathReference): Definition[] {
    const { find, names } = this.#scope;
    const asked = step !== undefined && "key" in step ? [step.key] : names;
    return asked.map(find).filter((found) => found !== undefined);
  }
}

function ownCycle(definition: Definition, { parse }: CycleScope): string | undefined {
  try {
    argumentOrder(definition, parse);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Every expression in plain data that can be made sense of. */
function expressionsOf(value: unknown, parse: CycleScope["parse"]): ParsedExpression[] {
  if (typeof value === "string") {
    return expressionsIn(value).filter(({ closed }) => closed).flatMap(({ source }) => {
      try {
        return [parse(source)];
      } catch {
        return [];
      }
    });
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((member) => expressionsOf(member, parse));
}
