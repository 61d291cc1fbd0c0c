import type { ModelDocument } from "../../../libswamp/models/model_document.ts";
import type { Page } from "../output.ts";
import { dataLines } from "../plain_data.ts";
import { printable } from "../printable.ts";
import { typeLines } from "./type_part.ts";

/** Everything about a definition. */
export function renderModel(document: ModelDocument, page: Page): string {
  const { style } = page;
  const { name, type, id, version, path } = document;
  return [
    `${style.bold("Name:")} ${style.bold(printable(name))} (${type})`,
    `${style.bold("ID:")} ${id}`,
    `${style.bold("Version:")} ${version}`,
    `${style.bold("Path:")} ${printable(path)}`,
    ...storedParts(document, page),
    ...typeParts(document, page),
  ].join("\n");
}

/** What the file holds beside its identity; empty parts are left out. */
function storedParts(document: ModelDocument, { style }: Page): string[] {
  const { tags, globalArguments, storedMethods, inputs, checks, reports, driver, driverConfig } =
    document;
  const parts: [string, unknown][] = [
    ["Tags", tags],
    ["Global Arguments", globalArguments],
    ["Stored Methods", storedMethods],
    ["Inputs", inputs],
    ["Checks", checks],
    ["Reports", reports],
    ["Driver", driver],
    ["Driver Config", driverConfig],
  ];
  return parts.flatMap(([title, value]) => {
    if (value === undefined) return [];
    if (typeof value !== "object") return [`${style.bold(`${title}:`)} ${value}`];
    const isEmpty = Object.keys(value as object).length === 0;
    return isEmpty ? [] : [style.bold(`${title}:`), ...dataLines(value, "  ")];
  });
}

function typeParts(document: ModelDocument, page: Page): string[] {
  const { style } = page;
  const { type, typeVersion, typeError, storedTypeVersion, globalArgumentsSchema } = document;
  const stored = storedTypeVersion === undefined ? "" : ` (the file has ${storedTypeVersion})`;
  if (!document.typeInstalled) {
    const reason = typeError === undefined ? "is not installed" : `is broken: ${typeError}`;
    return [`${style.bold("Type Version:")} ${style.yellow(`${type} ${reason}`)}${stored}`];
  }
  return [
    `${style.bold("Type Version:")} ${typeVersion}${
      storedTypeVersion === typeVersion ? "" : stored
    }`,
    "",
    ...typeLines(globalArgumentsSchema, document.methods ?? [], page),
  ];
}
