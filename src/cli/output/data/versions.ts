import type { DataVersionsDocument } from "../../../libswamp/data/versions.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { table } from "../table.ts";
import { sizeText } from "./size.ts";
import { stateText } from "./state.ts";

/** The versions of a piece of data, newest first. */
export function renderDataVersions(document: DataVersionsDocument, page: Page): string {
  const { style } = page;
  const { dataName, modelName, modelType, versions } = document;
  const rows = versions.map((version) => [
    `v${version.version}`,
    version.createdAt,
    version.size === undefined ? "" : sizeText(version.size),
    [version.isLatest ? style.green("latest") : "", stateText(version)]
      .filter((text) => text !== "").join(", "),
    style.dim(version.checksum?.slice(0, 12) ?? ""),
  ]);
  const name = style.bold(printable(dataName));
  return [
    `${style.bold("Versions of")} ${name} of ${style.bold(printable(modelName))} (${modelType})`,
    "",
    table(["VERSION", "CREATED", "SIZE", "STATE", "SHA-256"], rows, page),
  ].join("\n");
}
