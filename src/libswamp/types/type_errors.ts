import { UserError } from "../../domain/errors.ts";
import type { ExtensionTypes, SourceFailure } from "../../domain/extensions/extension_types.ts";
import { type ExtensionKind, typeNoun } from "../../domain/extensions/kinds.ts";
import { nearestTypes } from "./nearest_types.ts";

/** What a failure about types is worked out from. */
export type KnownTypes = Pick<ExtensionTypes<unknown, unknown>, "summaries" | "failureOf">;

/**
 * The failure for a type that is to be shown and is not there, with those that are near and the way to
 * extensions. If a broken source claims the type, that is the failure.
 *
 * @param raw the type as the user wrote it.
 */
export function typeNotFound(
  kind: ExtensionKind,
  types: KnownTypes,
  raw: string,
  normalized: string,
): UserError {
  const failure = types.failureOf(normalized);
  if (failure !== undefined) return typeBroken(normalized, failure);
  const near = nearestTypes(types, normalized);
  const rest = normalized.split("/").slice(1).join("/") || normalized;
  const name = normalized.startsWith("@") ? normalized : `@${normalized}`;
  const noun = typeNoun(kind);
  const lines = [
    `${capitalized(noun)} not found: ${raw}`,
    "",
    ...(near.length === 0 ? [] : [`Did you mean: ${near.join(", ")}`, ""]),
    `This ${noun.split(" ").at(-1)} may be available as an extension:`,
    `  Search:  swamp extension search ${rest}`,
    `  Install: swamp extension pull ${name}`,
  ];
  return new UserError("type_not_found", lines.join("\n"), {
    fields: near.length === 0 ? {} : { suggestions: near },
  });
}

/** The error for a type that would be there if its source worked, or could be built just now. */
export function typeBroken(type: string, failure: SourceFailure): UserError {
  const { subject, source, error, transient } = failure;
  const noun = subject === "package" ? "type" : typeNoun(subject);
  const cause = transient ? "could not be built this time" : "is broken";
  return new UserError(
    "type_broken",
    `${capitalized(noun)} '${type}' cannot be used, because its source ${cause}.\n` +
      `${source}: ${error}${outlook(failure)}`,
    { fields: { source, ...(transient ? { transient } : {}) } },
  );
}

/** What is added to a failure that may go away by itself. */
export function outlook({ transient }: Pick<SourceFailure, "transient">): string {
  return transient ? " (temporary: the next command tries again)" : "";
}

function capitalized(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
