import type { SetupDocument } from "../../../libswamp/datastores/setup.ts";
import { sizeText } from "../data/size.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** A datastore that was set up, and what went there. */
export function renderSetup(
  { type, path, filesCopied, bytesCopied, directoriesMigrated, leftAt }: SetupDocument,
  { style }: Page,
): string {
  const place = path === undefined ? "" : ` at ${printable(path)}`;
  const files = `${filesCopied} file(s), ${sizeText(bytesCopied)}`;
  const moved = filesCopied === 0
    ? "Nothing had to be moved."
    : `${leftAt === undefined ? "Moved" : "Copied"} ${files}: ${directoriesMigrated.join(", ")}`;
  return [
    `${style.green("Data are now kept in:")} ${printable(type)}${place}`,
    moved,
    ...(leftAt === undefined ? [] : [`What is in ${printable(leftAt)} was left there.`]),
  ].join("\n");
}
