import type { RenamedDataDocument } from "../../../libswamp/data/rename.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** What is called what now. */
export function renderRenamedData(document: RenamedDataDocument, { style }: Page): string {
  const { oldName, newName, modelName, modelType, copiedVersion, newVersion } = document;
  const [from, to] = [printable(oldName), printable(newName)];
  return [
    `${style.green("Renamed")} "${from}" -> "${to}" for "${printable(modelName)}" ("${modelType}")`,
    `Version ${copiedVersion} copied as v${newVersion} under new name`,
    `Old name "${from}" now forwards to "${to}"`,
  ].join("\n");
}
