import type { DataDocument } from "../../../libswamp/data/get.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { sizeText } from "./size.ts";

/** One version of data: what is known of it, a blank line, and its content. */
export function renderData(document: DataDocument, { style }: Page): string {
  const { name, version, modelName, modelType, contentType, size, lifetime } = document;
  const { garbageCollection, tags, ownerDefinition, createdAt, contentPath } = document;
  const fields: [string, string][] = [
    ["Data", `${style.bold(printable(name))} (v${version})${state(document, style)}`],
    ["Model", `${printable(modelName)} (${modelType})`],
    ["Content", [contentType, ...(size === undefined ? [] : [sizeText(size)])].join(", ")],
    ["Lifetime", `${lifetime} | GC: ${garbageCollection}`],
    ["Tags", Object.entries(tags).map(([key, value]) => `${key}=${value}`).join(", ")],
    ["Owner", `${ownerDefinition.ownerType} (${ownerDefinition.ownerRef})`],
    ["Created", createdAt],
    ["Path", contentPath],
  ];
  const lines = fields.map(([label, text]) => `${style.bold(`${label}:`)} ${text}`);
  const content = contentText(document);
  return [...lines, ...(content === undefined ? [] : ["", content])].join("\n");
}

function state({ lifecycle, renamedTo }: DataDocument, style: Page["style"]): string {
  if (renamedTo !== undefined) return style.yellow(` renamed to ${printable(renamedTo)}`);
  return lifecycle === "deleted" ? style.red(" deleted") : "";
}

function contentText(document: DataDocument): string | undefined {
  const { content, contentEncoding, contentPath } = document;
  if (content === undefined) return undefined;
  if (contentEncoding !== undefined) return `(binary; the bytes are in ${contentPath})`;
  if (typeof content !== "string") return JSON.stringify(content, null, 2);
  return printable(content, true).replace(/\n$/, "");
}
