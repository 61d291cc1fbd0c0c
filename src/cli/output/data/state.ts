import { printable } from "../printable.ts";

/** What is to be said of data that is not simply there; empty for all other. */
export function stateText(
  { lifecycle, renamedTo }: {
    readonly lifecycle: "active" | "deleted";
    readonly renamedTo?: string;
  },
): string {
  if (renamedTo !== undefined) return `renamed to ${printable(renamedTo)}`;
  return lifecycle === "deleted" ? "deleted" : "";
}
