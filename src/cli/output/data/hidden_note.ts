import type { Style } from "../output.ts";

/** The line that tells of deleted items that are left out, if there are any. */
export function hiddenNote(hidden: number | undefined, style: Style): string[] {
  if (hidden === undefined) return [];
  return [
    style.dim(`${hidden} deleted item${hidden === 1 ? "" : "s"} not shown; --all shows them.`),
  ];
}
