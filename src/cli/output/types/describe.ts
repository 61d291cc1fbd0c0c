import type { TypeDocument } from "../../../libswamp/types/describe.ts";
import type { Page } from "../output.ts";
import { renderMethods } from "./methods.ts";
import { propertyLines } from "./schema_lines.ts";

/** A model type for people. */
export function renderType(document: TypeDocument, page: Page): string {
  const { style } = page;
  const { type, version, globalArguments, methods } = document;
  const argumentLines = globalArguments === undefined
    ? []
    : propertyLines(globalArguments, "  ", style);
  return [
    `${style.bold("Type:")} ${type.normalized}`,
    `${style.bold("Version:")} ${version}`,
    "",
    ...(argumentLines.length === 0 ? [] : [style.bold("Global Arguments:"), ...argumentLines, ""]),
    renderMethods(methods, page),
  ].join("\n");
}
