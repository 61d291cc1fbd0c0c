/**
 * Secrets in definitions: global arguments that their type marks as sensitive, whose value stands in the
 * file instead of a reference to a vault (contract: extensions B8).
 *
 * @module
 */
import { messageOf, UserError } from "../../domain/errors.ts";
import { holdsExpression } from "../../domain/expressions/template.ts";
import type { JsonSchema } from "../../domain/extensions/descriptor.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import { fieldText, sensitivePlaces } from "../../domain/models/sensitive_fields.ts";
import { modelTypeNotFound } from "./unknown_type.ts";

type Arguments = Definition["globalArguments"];
type Path = readonly (string | number)[];

/** How a value gets out of a definition. */
export const VAULT_REMEDY =
  "Put the value into a vault with 'swamp vault put <vault> <key>', and write " +
  "${{ vault.get('<vault>', '<key>') }} in its place.";

/**
 * Paths of the sensitive global arguments that hold a value of their own: neither empty, nor an
 * expression, nor the same as before.
 *
 * @param before what the definition holds so far.
 *
 * @example
 * ```ts
 * literalSecrets({ properties: { token: { sensitive: true } } }, { token: "s3cret" }); // ["token"]
 * ```
 */
export function literalSecrets(
  schema: JsonSchema | undefined,
  globalArguments: Arguments,
  before: Arguments = {},
): string[] {
  return sensitivePlaces(schema ?? {}, globalArguments)
    .flatMap(({ path, value }) => newLiterals(value, path, before))
    .map(fieldText);
}

/** The file of a definition in front of an edit. */
export interface SecretsBefore {
  /** Path for people. */
  readonly file: string;
  readonly globalArguments?: Arguments | undefined;
  /** Whether an editor has written the new values there already. */
  readonly isWritten?: boolean;
}

/**
 * Refuses a definition that would bring a secret into a file. Where the type cannot be asked which
 * arguments are sensitive, any of them may be.
 *
 * @param types gives the types; only asked where there is a new value.
 * @throws {UserError} `literal_secret`
 */
export async function refuseLiteralSecrets(
  types: (onlyType?: string) => Promise<ModelTypes>,
  { type, globalArguments }: Definition,
  before: SecretsBefore,
): Promise<void> {
  const { file, globalArguments: old = {} } = before;
  const all = newLiterals(globalArguments, [], old).map(fieldText);
  if (all.length === 0) return;
  const known = await types(type);
  const descriptor = known.describe(type);
  if (descriptor === undefined) {
    const reason = messageOf(modelTypeNotFound(known, type, file));
    throw refusal(all, before, `may be secret, which cannot be told: ${reason}\n`);
  }
  const found = literalSecrets(descriptor.globalArguments, globalArguments, old);
  if (found.length === 0) return;
  const are = found.length === 1 ? "is" : "are";
  throw refusal(found, before, `${are} sensitive and must not stand in ${file} as plain text. `);
}

function refusal(
  paths: readonly string[],
  { file, isWritten = false }: SecretsBefore,
  reason: string,
): UserError {
  const noun = paths.length === 1 ? "Global argument" : "Global arguments";
  const names = paths.map((path) => `"${path}"`).join(", ");
  const state = isWritten ? `The editor has written it to ${file}: take it out there.` : "";
  const text = [`${noun} ${names} ${reason}${VAULT_REMEDY}`, state].join("\n").trimEnd();
  return new UserError("literal_secret", text, { fields: { arguments: paths, file } });
}

/** Paths of the texts, numbers and booleans in a value that are not the same as before. */
function newLiterals(value: unknown, path: Path, before: Arguments): Path[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, member]) =>
      newLiterals(member, [...path, Array.isArray(value) ? Number(key) : key], before)
    );
  }
  const isEmpty = value === undefined || value === null || value === "";
  if (isEmpty || (typeof value === "string" && holdsExpression(value))) return [];
  return value === valueAt(before, path) ? [] : [path];
}

function valueAt(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
  return valueAt((value as Record<string | number, unknown>)[step], rest);
}
