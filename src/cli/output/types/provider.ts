import type {
  ProviderTypeDocument,
  ReportDocument,
} from "../../../libswamp/types/describe_provider.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { propertyLines } from "./schema_lines.ts";

/** A vault, driver or datastore type for people. */
export function renderProviderType(
  { type, name, description, configSchema }: ProviderTypeDocument,
  { style }: Page,
): string {
  const fields = configSchema === undefined ? [] : propertyLines(configSchema, "  ", style);
  return [
    `${style.bold("Type:")} ${style.cyan(type)}`,
    `${style.bold("Name:")} ${printable(name)}`,
    `${style.bold("Description:")} ${printable(description, true)}`,
    ...(fields.length === 0 ? [] : ["", style.bold("Config:"), ...fields]),
  ].join("\n");
}

/** A report for people (contract: cli-automation 7). */
export function renderReport(
  { name, description, scope, labels }: ReportDocument,
  { style }: Page,
): string {
  return [
    `${style.bold("Report:")} ${style.cyan(name)}`,
    `${style.bold("Description:")} ${printable(description, true)}`,
    `${style.bold("Scope:")} ${scope ?? ""}`,
    ...(labels === undefined || labels.length === 0
      ? []
      : [`${style.bold("Labels:")} ${labels.map((label) => printable(label)).join(", ")}`]),
  ].join("\n");
}
