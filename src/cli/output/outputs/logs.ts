import type { OutputLogsDocument } from "../../../libswamp/outputs/logs.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { renderLines } from "./lines.ts";

/** What a run wrote as logs. */
export function renderOutputLogs(document: OutputLogsDocument, page: Page): string {
  const { lines, logArtifacts } = document;
  if (lines.length > 0) return renderLines(document, page);
  return page.style.dim(`Nothing was written to ${printable(logArtifacts.join(", "))}.`);
}
