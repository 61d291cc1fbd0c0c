/**
 * What a method does to the thing that its model stands for (contract: authoring 7.4). Authors seldom
 * say it; the names that everybody uses do.
 *
 * @module
 */

/** What a method does. */
export type MethodKind = "create" | "read" | "update" | "delete" | "list" | "action";

const KIND_OF_NAME: ReadonlyMap<string, MethodKind> = new Map([
  ["create", "create"],
  ["get", "read"],
  ["read", "read"],
  ["describe", "read"],
  ["show", "read"],
  ["update", "update"],
  ["patch", "update"],
  ["delete", "delete"],
  ["destroy", "delete"],
  ["remove", "delete"],
  ["list", "list"],
  ["search", "list"],
  ["find", "list"],
]);

/**
 * The kind of a method: what the author says, else what the name says, else `undefined`.
 *
 * @example
 * ```ts
 * methodKind("Destroy"); // "delete"
 * methodKind("sync"); // undefined
 * ```
 */
export function methodKind(name: string, stated?: MethodKind): MethodKind | undefined {
  return stated ?? KIND_OF_NAME.get(name.toLowerCase());
}

/** Whether a method of this kind changes something; an unknown kind may. */
export function isMutating(kind: MethodKind | undefined): boolean {
  return kind !== "read" && kind !== "list";
}
