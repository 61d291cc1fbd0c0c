import type { JsonSchema } from "../../../domain/extensions/descriptor.ts";
import type { MethodDocument } from "../../../libswamp/types/method_documents.ts";
import type { Page } from "../output.ts";
import { renderMethods } from "../types/methods.ts";
import { propertyLines } from "../types/schema_lines.ts";

/** What the type of a definition takes and offers: global arguments, then methods. */
export function typeLines(
  schema: JsonSchema | undefined,
  methods: readonly MethodDocument[],
  page: Page,
): string[] {
  const { style } = page;
  const argumentLines = schema === undefined ? [] : propertyLines(schema, "  ", style);
  return [
    ...(argumentLines.length === 0
      ? []
      : [style.bold("Global Arguments Schema:"), ...argumentLines, ""]),
    renderMethods(methods, page),
  ];
}
