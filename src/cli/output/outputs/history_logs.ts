import type { HistoryLogsDocument } from "../../../libswamp/outputs/history_logs.ts";
import type { Page } from "../output.ts";
import { renderLines } from "./lines.ts";

/** The log of a run, or why there is none. */
export function renderHistoryLogs(document: HistoryLogsDocument, page: Page): string {
  const { path, lines, error } = document;
  if (error !== undefined) return error;
  return lines.length === 0 ? `Log file not found or empty: ${path}` : renderLines(document, page);
}
