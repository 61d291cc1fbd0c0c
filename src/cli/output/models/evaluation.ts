import type {
  AllEvaluatedDocument,
  EvaluatedItem,
  EvaluatedModelDocument,
} from "../../../libswamp/models/evaluate.ts";
import { placeText } from "../../../libswamp/expressions/unresolved.ts";
import { dataLines } from "../plain_data.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** One definition after its evaluation. */
export function renderEvaluated(document: EvaluatedModelDocument, page: Page): string {
  const { style } = page;
  const { name, type, globalArguments } = document;
  const isEmpty = Object.keys(globalArguments).length === 0;
  return [
    `Evaluated model definition: ${style.bold(printable(name))} (${type})`,
    ...itemLines(document, page),
    ...(isEmpty ? [] : ["", style.bold("Global Arguments:"), ...dataLines(globalArguments, "  ")]),
  ].join("\n");
}

/** All definitions after their evaluation. */
export function renderAllEvaluated(
  { items, total, evaluated }: AllEvaluatedDocument,
  page: Page,
): string {
  if (total === 0) return "No models found";
  const { style } = page;
  return [
    `Evaluated ${evaluated} of ${total} model definitions`,
    ...items.flatMap((item) => [
      "",
      `${style.bold(printable(item.name))} (${item.type})`,
      ...itemLines(item, page),
    ]),
  ].join("\n");
}

function itemLines(
  { hadExpressions, outputPath, unresolved = [] }: EvaluatedItem,
  { style }: Page,
): string[] {
  return [
    hadExpressions ? "  Expressions evaluated" : "  No expressions to evaluate",
    ...unresolved.flatMap((one) => [
      `  ${style.yellow("⚠")} Unresolved: ${printable(placeText(one))}: ${
        printable(one.expression, true)
      }`,
      `      ${printable(one.reason, true)}`,
    ]),
    style.dim(`  Output: ${printable(outputPath)}`),
  ];
}
