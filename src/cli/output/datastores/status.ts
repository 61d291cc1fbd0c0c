import type { DatastoreStatusDocument } from "../../../libswamp/datastores/status.ts";
import { columns } from "../columns.ts";
import type { Page } from "../output.ts";
import { dataLines } from "../plain_data.ts";
import { printable } from "../printable.ts";

/** Where data are and how that place is. */
export function renderDatastoreStatus(
  { type, path, cachePath, healthy, message, latencyMs, directories, details }:
    DatastoreStatusDocument,
  { style }: Page,
): string {
  const health = healthy
    ? style.green(`● healthy (${latencyMs}ms)`)
    : style.red(`● unhealthy (${latencyMs}ms)`);
  const rows = [
    ["Type:", type],
    ...(path === undefined ? [] : [["Path:", printable(path)]]),
    ...(cachePath === undefined ? [] : [["Local copy:", printable(cachePath)]]),
    ["Health:", health],
    ...(healthy ? [] : [["Error:", printable(message)]]),
    ["Dirs:", directories.join(", ")],
  ];
  return [
    style.bold("Datastore Status"),
    ...columns(rows, "  "),
    ...(details === undefined ? [] : ["  Details:", ...dataLines(details, "    ")]),
  ].join("\n");
}
