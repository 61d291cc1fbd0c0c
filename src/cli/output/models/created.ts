import type { CreatedModelDocument } from "../../../libswamp/models/create.ts";
import type { Page } from "../output.ts";
import { typeLines } from "./type_part.ts";

/** A definition that was just created, and what can be done with it. */
export function renderCreatedModel(
  { name, type, path, version, globalArguments, methods }: CreatedModelDocument,
  page: Page,
): string {
  const { style } = page;
  return [
    `${style.green("Created:")} ${style.bold(name)} (${type})`,
    `${style.bold("Path:")} ${path}`,
    `${style.bold("Version:")} ${version}`,
    "",
    ...typeLines(globalArguments, methods, page),
  ].join("\n");
}
