import type { DataOutputSpec } from "../../../domain/extensions/descriptor.ts";
import type { MethodDocument } from "../../../libswamp/types/method_documents.ts";
import type { Page } from "../output.ts";
import { oneLine, propertyLines } from "./schema_lines.ts";

/**
 * The methods of a type for people. What every method can write is the same for all methods of a
 * type, so it is listed once, after them.
 */
export function renderMethods(methods: readonly MethodDocument[], page: Page): string {
  const lines = [page.style.bold("Methods:")];
  if (methods.length === 0) lines.push("  (none)");
  for (const method of methods) lines.push(...methodLines(method, page));
  const specs = methods[0]?.dataOutputSpecs ?? [];
  if (specs.length > 0) lines.push("", ...dataOutputLines(specs, page));
  return lines.join("\n");
}

/** One method: name and description, then its arguments. */
export function methodLines(method: MethodDocument, page: Page): string[] {
  const { style } = page;
  const argumentLines = propertyLines(method.arguments, "      ", style);
  return [
    `  ${style.cyan(method.name)} - ${method.description}`,
    ...(argumentLines.length === 0 ? [] : [`    ${style.dim("Arguments:")}`, ...argumentLines]),
  ];
}

/** What methods of a type can write. */
export function dataOutputLines(specs: readonly DataOutputSpec[], page: Page): string[] {
  const { style } = page;
  return [
    style.bold("Data Outputs:"),
    ...specs.map((spec) => {
      const about = spec.description === undefined ? "" : ` - ${oneLine(spec.description)}`;
      const content = spec.contentType === undefined ? "" : `${spec.contentType}, `;
      return `  ${spec.specName} [${spec.kind}]${about} ${
        style.dim(`(${content}${spec.lifetime})`)
      }`;
    }),
  ];
}
