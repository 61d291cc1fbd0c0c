import { UserError } from "../../domain/errors.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import { typeBroken } from "../types/type_errors.ts";
import { nearestTypes } from "../types/nearest_types.ts";

/** Types that are listed in a message; more would hide the message itself. */
const LISTED = 20;

/**
 * The failure of a command that is to make something of a type that is not there (contract:
 * cli-core 6.1). If a broken source claims the type, that is the failure.
 *
 * @param raw the type as the user wrote it.
 */
export function unknownModelType(types: ModelTypes, raw: string, type: string): UserError {
  const failure = types.failureOf(type);
  if (failure !== undefined) return typeBroken(type, failure);
  const [nearest] = nearestTypes(types, type);
  const question = nearest === undefined ? "" : `\nDid you mean "${nearest}"?`;
  return new UserError(
    "unknown_type",
    `Unknown model type: ${raw}. Available types: ${available(types, type)}${question}`,
  );
}

/**
 * The failure of a command on an existing definition whose type is not installed.
 *
 * @param file the definition's file, for people.
 */
export function modelTypeNotFound(types: ModelTypes, type: string, file: string): UserError {
  const failure = types.failureOf(type);
  if (failure !== undefined) return typeBroken(type, failure);
  return new UserError("type_not_found", `Model type not found: ${type}`, { fields: { file } });
}

/** All types, or, where there are many, the nearest ones first. */
function available(types: ModelTypes, type: string): string {
  const names = types.summaries().map(({ normalized }) => normalized);
  if (names.length === 0) return "none";
  if (names.length <= LISTED) return names.join(", ");
  const shown = [...new Set([...nearestTypes(types, type), ...names])].slice(0, LISTED);
  const more = names.length - shown.length;
  return `${shown.join(", ")} and ${more} more ('swamp model type search' lists them all)`;
}
