import type { SyncDocument } from "../../../libswamp/datastores/sync.ts";
import type { Page } from "../output.ts";

/** What was moved. */
export function renderSync({ filesPulled, filesPushed }: SyncDocument, { style }: Page): string {
  const moved = [
    ...(filesPulled === undefined ? [] : [`${filesPulled} file(s) pulled`]),
    ...(filesPushed === undefined ? [] : [`${filesPushed} file(s) pushed`]),
  ];
  return `${style.green("In step:")} ${moved.join(", ")}`;
}
