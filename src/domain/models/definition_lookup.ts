/**
 * How an argument `<model_id_or_name>` names a definition (contract: cli-core 6, IMP-24, IMP-71):
 * by exact name, else by id, else by an unambiguous beginning of an id.
 *
 * @module
 */
import { closestName } from "../closest.ts";
import { UserError } from "../errors.ts";
import type { BrokenDefinition, StoredDefinition } from "./definition.ts";
import { isDefinitionId } from "./definition_document.ts";

/** A definition and, for people, where it is. */
export type FoundDefinition = Pick<StoredDefinition, "definition" | "file">;

/** What an argument names. */
export interface DefinitionMatch<T> {
  readonly by: "name" | "id" | "prefix";
  /** In the order of the candidates; more than one means that the argument is ambiguous. */
  readonly matches: readonly T[];
}

/** Everything among `all` that the argument names, by the first way that names anything. */
export function matchDefinitions<T extends FoundDefinition>(
  all: readonly T[],
  argument: string,
): DefinitionMatch<T> {
  const named = all.filter(({ definition }) => definition.name === argument);
  if (named.length > 0) return { by: "name", matches: named };
  const id = argument.toLowerCase();
  const withId = all.filter(({ definition }) => definition.id.toLowerCase() === id);
  if (withId.length > 0) return { by: "id", matches: withId };
  const prefix = idPrefix(argument);
  if (prefix === undefined) return { by: "prefix", matches: [] };
  return {
    by: "prefix",
    matches: all.filter(({ definition }) => digits(definition.id).startsWith(prefix)),
  };
}

/**
 * The hexadecimal digits of something that may be an id or the beginning of one, dashes left out,
 * in lower case; `undefined` for anything else.
 */
export function idPrefix(argument: string): string | undefined {
  const prefix = digits(argument);
  return /^[0-9a-f]{3,32}$/.test(prefix) ? prefix : undefined;
}

function digits(id: string): string {
  return id.replaceAll("-", "").toLowerCase();
}

/** The failure for an argument that names several definitions; it names all their files. */
export function ambiguousModel(
  argument: string,
  { by, matches }: DefinitionMatch<FoundDefinition>,
): UserError {
  const files = matches.map(({ file }) => file);
  if (by === "prefix") {
    const lines = matches.map(({ definition }) => `\n  ${definition.id}`).join("");
    return new UserError("ambiguous_model", `Ambiguous ID prefix "${argument}" matches:${lines}`);
  }
  const what = by === "name" ? "model name" : "model ID";
  const remedy = by === "name"
    ? "Rename one of them, or use the ID."
    : "Give one of them another ID, or use the name.";
  return new UserError(
    "ambiguous_model",
    `Ambiguous ${what} "${argument}": ${files.join(", ")}. ${remedy}`,
    { fields: { files } },
  );
}

/** The failure for an argument that names nothing readable, with what was probably meant. */
export function modelNotFound(
  argument: string,
  names: Iterable<string>,
  broken: readonly BrokenDefinition[],
): UserError {
  const message = `Model not found: ${argument}`;
  const damage = damageOf(argument, broken);
  if (damage !== undefined) return new UserError("model_not_found", `${message}${damage}`);
  const meant = closestName(argument, names);
  const suggestion = meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } };
  return new UserError("model_not_found", message, suggestion);
}

/**
 * Why a definition is not found whose file is damaged, to be put behind a sentence:
 * ` (models/a.yaml could not be read: …)`.
 *
 * @param argument its name or id.
 */
export function damageOf(
  argument: string,
  broken: readonly BrokenDefinition[],
): string | undefined {
  const damaged = broken.find((file) =>
    file.name === argument || idOfBroken(file) === argument.toLowerCase()
  );
  return damaged && ` (${damaged.file} could not be read: ${damaged.reason})`;
}

/** The id of a damaged definition, as far as the text or the name of its file tells one. */
export function idOfBroken({ id, file }: BrokenDefinition): string | undefined {
  const baseName = file.slice(file.lastIndexOf("/") + 1).replace(/\.yaml$/, "");
  return [id, baseName].find((text) => text !== undefined && isDefinitionId(text))?.toLowerCase();
}
