import type { DataScope } from "../../domain/data/data.ts";
import type { Datastore } from "../../domain/datastores/datastore.ts";
import { UserError } from "../../domain/errors.ts";
import { normalizeTypeName } from "../../domain/extensions/type_name.ts";
import { heldLock, type HeldLockDocument } from "./lock_status.ts";

/** JSON document of `datastore lock release` (contract: cli-automation 8.4). */
export interface LockReleaseDocument {
  readonly released: boolean;
  /** Why nothing was released. */
  readonly reason?: string;
  readonly previousHolder?: HeldLockDocument;
}

/**
 * Takes a lock away from whoever holds it.
 *
 * @param model whose lock, as {@linkcode parseModelScope} reads it; the global lock if left out.
 */
export async function releaseLock(
  datastore: Datastore,
  model: DataScope | undefined,
): Promise<LockReleaseDocument> {
  const holder = await datastore.forceRelease(model);
  if (holder === undefined) return { released: false, reason: "no lock held" };
  return { released: true, previousHolder: heldLock(holder) };
}

/**
 * Reads `<type>/<model id>`; the type may have several segments.
 *
 * @throws {UserError} `invalid_argument`.
 *
 * @example
 * ```ts
 * parseModelScope("@acme/pipe/2ed3…"); // { type: "@acme/pipe", modelId: "2ed3…" }
 * ```
 */
export function parseModelScope(text: string): DataScope {
  const slash = text.lastIndexOf("/");
  const [type, modelId] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash <= 0 || modelId === "" || modelId === "." || modelId.includes("..")) {
    throw new UserError(
      "invalid_argument",
      `Invalid --model format: "${text}". Expected "type/id" (e.g. aws-ec2/my-server).`,
    );
  }
  return { type: normalizeTypeName(type), modelId };
}
