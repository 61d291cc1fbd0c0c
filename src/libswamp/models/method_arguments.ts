/**
 * Global arguments and arguments of a method: what a run makes of what is stored and what is given.
 *
 * @module
 */
import { closestName } from "../../domain/closest.ts";
import { UserError } from "../../domain/errors.ts";
import type { JsonSchema, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import { checkArguments, unknownArguments } from "./check_arguments.ts";
import { coerceStrings } from "./coerce_strings.ts";
import { issueText } from "./issue_text.ts";
import type { RunWarning } from "../runs/method_run.ts";

type Arguments = Readonly<Record<string, unknown>>;

/**
 * Global arguments, converted, with defaults, as the type's schema gives them.
 *
 * @param unknownPaths where the values are that are not known.
 * @throws {UserError} `invalid_global_arguments`
 */
export async function validGlobalArguments(
  type: ModelType,
  descriptor: ModelDescriptor,
  given: Arguments,
  unknownPaths: readonly (readonly PropertyKey[])[] = [],
): Promise<Record<string, unknown>> {
  if (type.globalArguments === undefined) return { ...given };
  const { value, issues } = await checkArguments(
    type.globalArguments,
    descriptor.globalArguments,
    given,
    unknownPaths,
  );
  if (issues.length === 0) return { ...value };
  throw new UserError(
    "invalid_global_arguments",
    `Global arguments validation failed: ${issueText(issues)}`,
  );
}

/**
 * Arguments of a method, converted, with defaults, as its schema gives them.
 *
 * @throws {UserError} `invalid_method_arguments`
 */
export async function validMethodArguments(
  type: ModelType,
  descriptor: ModelDescriptor,
  methodName: string,
  given: Arguments,
): Promise<Record<string, unknown>> {
  const method = type.methods[methodName]!;
  const schema = argumentSchema(descriptor, methodName);
  const { value, issues } = await checkArguments(method.arguments, schema, given, []);
  if (issues.length === 0) return { ...value };
  throw new UserError(
    "invalid_method_arguments",
    `Method arguments validation failed: ${issueText(issues)}`,
  );
}

/** Stored arguments of a method, and over them what the command line gives. */
export function mergedArguments(
  definition: Definition,
  methodName: string,
  given: Arguments,
): Arguments {
  return { ...definition.methods[methodName]?.arguments, ...given };
}

/**
 * Refuses arguments of the command line that the method does not know (contract: IMP-42).
 *
 * @param declared names of the inputs that the definition declares.
 * @throws {UserError} `unknown_argument`, with the name that was probably meant.
 */
export function requireKnownArguments(
  descriptor: ModelDescriptor,
  methodName: string,
  given: Arguments,
  declared: readonly string[] = [],
): void {
  const schema = argumentSchema(descriptor, methodName);
  // Lists and maps may have come as JSON text.
  const values = coerceStrings(schema, given);
  const names = Object.keys(schema?.properties ?? {});
  for (const name of Object.keys(given)) {
    const [message] = unknownArguments(schema, { [name]: values[name] });
    if (message === undefined) continue;
    // A member of a known argument may be the unknown one; its message names it.
    const nested = names.includes(name) ? ` (${message})` : "";
    const meant = nested === "" ? closestName(name, [...names, ...declared]) : undefined;
    const suggestion = meant === undefined ? "" : `Did you mean "${meant}"? `;
    const inputs = declared.length === 0 ? "" : `. Inputs: ${declared.join(", ")}`;
    throw new UserError(
      "unknown_argument",
      `Unknown input "${name}" for method "${methodName}" of type "${descriptor.raw}"${nested}. ` +
        `${suggestion}Arguments: ${names.join(", ") || "none"}${inputs}`,
    );
  }
}

/** Warnings about stored arguments that the method does not know; they have no effect. */
export function storedArgumentWarnings(
  descriptor: ModelDescriptor,
  methodName: string,
  definition: Definition,
): RunWarning[] {
  const stored = definition.methods[methodName]?.arguments ?? {};
  return unknownArguments(argumentSchema(descriptor, methodName), stored).map((message) => ({
    code: "unknown_argument",
    message: `methods.${methodName}.arguments.${message} (it has no effect)`,
  }));
}

/** JSON Schema of a method's arguments. */
export function argumentSchema(
  descriptor: ModelDescriptor,
  methodName: string,
): JsonSchema | undefined {
  return descriptor.methods.find((method) => method.name === methodName)?.arguments;
}
