import { messageOf, UserError } from "../errors.ts";
import type { ReportContent } from "./report.ts";

/**
 * What a report's code has returned, as it can be kept: the JSON is plain data from here on.
 *
 * @throws {UserError} `invalid_report`, saying what was returned instead.
 */
export function reportContent(returned: unknown): ReportContent {
  if (!isMap(returned)) throw invalid(`it returned ${kindOf(returned)}`);
  const { markdown, json } = returned;
  if (typeof markdown !== "string") throw invalid(`its markdown is ${kindOf(markdown)}`);
  if (!isMap(json)) throw invalid(`its json is ${kindOf(json)}`);
  const plain = plainData(json);
  if (!isMap(plain)) throw invalid(`its json becomes ${kindOf(plain)} when it is written`);
  return { markdown, json: plain };
}

function plainData(json: unknown): unknown {
  try {
    const text: string | undefined = JSON.stringify(json);
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    throw invalid(`its json cannot be written: ${messageOf(error).split("\n")[0]}`);
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function invalid(problem: string): UserError {
  return new UserError(
    "invalid_report",
    `A report must return { markdown: string, json: object }, but ${problem}`,
  );
}
