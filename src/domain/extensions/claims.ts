/**
 * Who owns a type when several sources claim it, and which extensions of a type can be applied.
 *
 * @module
 */
import type { ModelDescriptor, ModelExtensionDescriptor } from "./descriptor.ts";
import { type ExtensionKind, KINDS } from "./kinds.ts";

/** One source's claim on a type. */
export interface Claim {
  readonly source: string;
  /** Position of the source's folder in the order of precedence; smaller wins. */
  readonly rank: number;
  readonly kind: ExtensionKind;
  /** Normalised type, or the type that is extended. */
  readonly type: string;
  /** As the author wrote it. */
  readonly raw: string;
}

/** Something that the user should know about a source that is otherwise fine. */
export interface Problem {
  readonly source: string;
  readonly type: string;
  readonly message: string;
}

/** Which claims hold. */
export interface Verdict {
  /** The claims that hold, in order of precedence. */
  readonly active: readonly Claim[];
  readonly problems: readonly Problem[];
}

/** Orders claims by precedence: folder first, then path, then kind. */
function byPrecedence(a: Claim, b: Claim): number {
  return a.rank - b.rank || compareText(a.source, b.source) || compareText(a.kind, b.kind);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Decides which claims hold: of several claims on one type the first in precedence, never against a
 * built-in; extensions all hold as long as their type exists.
 *
 * @param builtIn whether a type of a kind is built in
 */
export function judgeClaims(
  claims: readonly Claim[],
  builtIn: (kind: ExtensionKind, type: string) => boolean,
): Verdict {
  const active: Claim[] = [];
  const problems: Problem[] = [];
  const owners = new Map<string, Claim>();
  const sorted = [...claims].sort(byPrecedence);
  for (const claim of sorted.filter(({ kind }) => !KINDS[kind].shared)) {
    const owner = owners.get(`${claim.kind}:${claim.type}`);
    if (owner === undefined && !builtIn(claim.kind, claim.type)) {
      owners.set(`${claim.kind}:${claim.type}`, claim);
      active.push(claim);
      continue;
    }
    const by = owner === undefined ? "as a built-in type" : `by ${owner.source}`;
    problems.push({
      source: claim.source,
      type: claim.type,
      message: `${labelOf(claim.kind)} type '${claim.raw}' already registered ${by}`,
    });
  }
  for (const claim of sorted.filter(({ kind }) => KINDS[kind].shared)) {
    if (owners.has(`model:${claim.type}`) || builtIn("model", claim.type)) active.push(claim);
    else {
      problems.push({
        source: claim.source,
        type: claim.type,
        message: `Cannot extend unregistered model type: ${claim.type}`,
      });
    }
  }
  return { active, problems };
}

function labelOf(kind: ExtensionKind): string {
  return kind[0]!.toUpperCase() + kind.slice(1);
}

/** An extension of a model type, and where it comes from. */
export interface NamedExtension<E> {
  readonly source: string;
  readonly extension: E;
}

/** What merging found out. */
export interface Merged<M> {
  readonly model: M;
  readonly problems: readonly Problem[];
}

/**
 * Adds the methods, checks and resources of extensions to a descriptor, in the order given. A name
 * that is taken is skipped and reported with both files; the rest of that extension is kept.
 *
 * @param base where the base type comes from, for messages
 */
export function mergeDescriptors(
  model: ModelDescriptor,
  base: string,
  extensions: readonly NamedExtension<ModelExtensionDescriptor>[],
): Merged<ModelDescriptor> {
  const methods = new OwnedNames("Method", model.type, base, model.methods.map(({ name }) => name));
  const checks = new OwnedNames("Check", model.type, base, model.checks.map(({ name }) => name));
  const specs = new OwnedNames(
    "Resource",
    model.type,
    base,
    model.dataOutputSpecs.filter(({ kind }) => kind === "resource").map(({ specName }) => specName),
  );
  const merged = {
    ...model,
    methods: [
      ...model.methods,
      ...extensions.flatMap(({ source, extension }) =>
        extension.methods.filter(({ name }) => methods.take(name, source))
      ),
    ],
    checks: [
      ...model.checks,
      ...extensions.flatMap(({ source, extension }) =>
        extension.checks.filter(({ name }) => checks.take(name, source))
      ),
    ],
    dataOutputSpecs: [
      ...model.dataOutputSpecs,
      ...extensions.flatMap(({ source, extension }) =>
        extension.dataOutputSpecs.filter(({ specName }) => specs.take(specName, source))
      ),
    ],
  };
  const problems = [methods, checks, specs].flatMap((names) => names.problems);
  return { model: merged, problems };
}

/**
 * Names that can be taken once, and by whom they are. The same rule merges descriptors and loaded
 * types, so that what is described is what runs.
 */
export class OwnedNames {
  /** Names that were refused. */
  readonly problems: Problem[] = [];
  readonly #owners: Map<string, string>;

  constructor(
    readonly what: "Method" | "Check" | "Resource",
    readonly type: string,
    base: string,
    names: readonly string[],
  ) {
    this.#owners = new Map(names.map((name) => [name, base]));
  }

  /** Takes a name for a source; `false`, and a problem, when it is taken. */
  take(name: string, source: string): boolean {
    const owner = this.#owners.get(name);
    if (owner === undefined) {
      this.#owners.set(name, source);
      return true;
    }
    this.problems.push({
      source,
      type: this.type,
      message: `${this.what} '${name}' already exists on model type '${this.type}' (${owner})`,
    });
    return false;
  }
}
