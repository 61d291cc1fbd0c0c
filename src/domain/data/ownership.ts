import { UserError } from "../errors.ts";
import type { DataOwner } from "./data.ts";

/** The owner of what a method of the model with id `modelId` writes. */
export function methodOwner(modelId: string, definitionHash?: string): DataOwner {
  return {
    ownerType: "model-method",
    ownerRef: modelId,
    ...(definitionHash === undefined ? {} : { definitionHash }),
  };
}

/**
 * Refuses to add a version to data that somebody else owns (contract: authoring 3.7).
 *
 * @throws {UserError} `ownership_conflict`
 */
export function requireSameOwner(name: string, existing: DataOwner, writer: DataOwner): void {
  if (existing.ownerType === writer.ownerType && existing.ownerRef === writer.ownerRef) return;
  throw new UserError(
    "ownership_conflict",
    `Ownership validation failed for "${name}": existing owner "${existing.ownerType}:` +
      `${existing.ownerRef}" does not match new owner "${writer.ownerType}:${writer.ownerRef}"`,
  );
}
