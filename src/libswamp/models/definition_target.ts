import { UserError } from "../../domain/errors.ts";
import type { BrokenDefinition, StoredDefinition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";

/** A definition's file that is to be changed or removed, readable or not. */
export type DefinitionTarget =
  | { readonly stored: StoredDefinition; readonly broken?: never }
  | { readonly broken: BrokenDefinition; readonly stored?: never };

/**
 * Finds a file to change or remove: by name or id as everywhere, a damaged one by its id or file
 * name, and any by its path (IMP-70), which also tells definitions of the same name apart.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`.
 */
export async function findTarget(
  definitions: DefinitionStore,
  argument: string,
): Promise<DefinitionTarget> {
  if (argument.endsWith(".yaml")) {
    const target = await targetCalled(definitions, argument);
    if (target !== undefined) return target;
  }
  try {
    return { stored: await definitions.find(argument) };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "model_not_found") throw error;
    const { broken } = await definitions.list();
    const matches = broken.filter((file) =>
      file.id?.toLowerCase() === argument.toLowerCase() || baseName(file.file) === argument
    );
    if (matches.length === 0) throw error;
    return { broken: only(argument, matches) };
  }
}

async function targetCalled(
  definitions: DefinitionStore,
  file: string,
): Promise<DefinitionTarget | undefined> {
  const listing = await definitions.list();
  const wanted = file.replaceAll("\\", "/").replace(/^\.\//, "");
  const isCalled = (found: { path: string; file: string }) =>
    [found.path, found.file, found.file.split("/").at(-1)].includes(wanted);
  const stored = listing.definitions.filter(isCalled);
  const broken = listing.broken.filter(isCalled);
  if (stored.length + broken.length === 0) return undefined;
  only(file, [...stored, ...broken]);
  return stored[0] === undefined ? { broken: broken[0]! } : { stored: stored[0] };
}

function only<T extends { readonly file: string }>(argument: string, matches: readonly T[]): T {
  const [match, other] = matches;
  if (match !== undefined && other === undefined) return match;
  throw new UserError(
    "ambiguous_model",
    `Ambiguous file name "${argument}": ${matches.map(({ file }) => file).join(", ")}. ` +
      "Give the path.",
  );
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.yaml$/, "");
}
