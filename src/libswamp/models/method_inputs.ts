/**
 * The inputs that a definition declares: a subset of JSON Schema (contract: authoring 5.2, 5.3).
 *
 * @module
 */
import { UserError } from "../../domain/errors.ts";
import type { InputsSchema } from "../../domain/models/definition.ts";
import { coerceStrings } from "./coerce_strings.ts";
import { inputProblems } from "./input_problems.ts";

/** The inputs of a run, sorted by what they are for. */
export interface SortedInputs {
  /** What the definition declares: converted, defaults filled in, valid. */
  readonly declared: Readonly<Record<string, unknown>>;
  /** The others; they become arguments of the method. */
  readonly others: Readonly<Record<string, unknown>>;
}

/**
 * Converts, completes and checks the inputs of a run.
 *
 * @param needed names of inputs that the method cannot do without; others may be missing although the
 * schema requires them.
 * @throws {UserError} `invalid_inputs` with one line for each problem.
 */
export function sortInputs(
  schema: InputsSchema | undefined,
  given: Readonly<Record<string, unknown>>,
  needed: ReadonlySet<string>,
): SortedInputs {
  if (schema === undefined) return { declared: {}, others: given };
  const properties = schema.properties ?? {};
  const completed = { ...defaultsOf(properties), ...coerceStrings({ ...schema }, given) };
  const required = (schema.required ?? []).filter((name) => needed.has(name));
  const problems = inputProblems({ ...schema, required }, completed);
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${problem}`).join("\n");
    throw new UserError("invalid_inputs", `Input validation failed:\n${lines}`, {
      fields: { problems },
    });
  }
  const entries = Object.entries(completed);
  const isDeclared = ([name]: [string, unknown]) => Object.hasOwn(properties, name);
  return {
    declared: Object.fromEntries(entries.filter(isDeclared)),
    others: Object.fromEntries(entries.filter((entry) => !isDeclared(entry))),
  };
}

function defaultsOf(properties: NonNullable<InputsSchema["properties"]>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, property]) => property.default !== undefined)
      .map(([name, property]) => [name, structuredClone(property.default)]),
  );
}
