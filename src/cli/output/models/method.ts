import type { MethodDescriptionDocument } from "../../../libswamp/models/describe_method.ts";
import type { Page } from "../output.ts";
import { dataOutputLines } from "../types/methods.ts";
import { propertyLines } from "../types/schema_lines.ts";

/** One method of a definition. */
export function renderMethodDescription(
  { modelName, modelType, version, method }: MethodDescriptionDocument,
  { style, width }: Page,
): string {
  const argumentLines = propertyLines(method.arguments, "  ", style);
  const specs = method.dataOutputSpecs ?? [];
  return [
    `${style.bold("Model:")} ${modelName}`,
    `${style.bold("Type:")} ${modelType}`,
    `${style.bold("Version:")} ${version}`,
    `${style.bold("Method:")} ${style.cyan(method.name)} - ${method.description}`,
    ...(argumentLines.length === 0 ? [] : ["", style.bold("Arguments:"), ...argumentLines]),
    ...(specs.length === 0 ? [] : ["", ...dataOutputLines(specs, { style, width })]),
  ].join("\n");
}
