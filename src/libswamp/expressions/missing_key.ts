import { closestName } from "../../domain/closest.ts";
import type { Variables } from "../../domain/expressions/cel.ts";
import type { PathReference, References } from "../../domain/expressions/references.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";

/** So many names are listed in a message. */
const MOST_LISTED = 12;

/**
 * Which key of an expression's paths is not there, as a sentence with what was probably meant.
 *
 * @returns `undefined` when all keys are there, or are only known to the evaluation.
 */
export async function missingKeyText(
  { paths }: References,
  variables: Variables,
  definitions: Pick<DefinitionStore, "list">,
): Promise<string | undefined> {
  for (const path of paths.filter(({ guarded }) => !guarded)) {
    const missing = missingKey(path, variables);
    if (missing === undefined) continue;
    const { key, container, depth } = missing;
    if (path.root === "model" && depth === 0) {
      const { definitions: all } = await definitions.list();
      return `Referenced model "${key}" not found${
        suggestion(key, all.map(({ definition }) => definition.name), false)
      }`;
    }
    if (path.root === "env") return `No such key: ${key} (the environment variable is not set)`;
    return `No such key: ${key}${suggestion(key, Object.keys(container), true)}`;
  }
  return undefined;
}

/** The end of a sentence about a name that is not there. */
export function suggestion(
  name: string,
  candidates: readonly string[],
  listed: boolean,
): string {
  const meant = closestName(name, candidates);
  if (meant !== undefined) return `. Did you mean "${meant}"?`;
  if (!listed || candidates.length === 0 || candidates.length > MOST_LISTED) return "";
  return `. Available: ${candidates.join(", ")}`;
}

function missingKey({ root, steps }: PathReference, variables: Variables) {
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
