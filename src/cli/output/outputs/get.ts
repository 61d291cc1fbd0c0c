import type { OutputDocument } from "../../../libswamp/outputs/get.ts";
import { columns } from "../columns.ts";
import { durationText } from "../duration_text.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { statusText } from "./status.ts";

/** Everything about a run but the stack of its error, which is for machines. */
export function renderOutput(document: OutputDocument, page: Page): string {
  const { style } = page;
  const { id, modelName, definitionId, type, methodName, status, startedAt } = document;
  const { durationMs, error, logFile } = document;
  const fields: [string, string | undefined][] = [
    ["Output", id],
    ["Model", `${style.bold(printable(modelName ?? definitionId))} (${type})`],
    ["Method", style.bold(printable(methodName))],
    ["Status", statusText(status, style)],
    ["Started", startedAt],
    ["Took", durationMs === undefined ? undefined : durationText(durationMs)],
    ["Triggered by", triggerText(document)],
    ["Error", error === undefined ? undefined : printable(error.message, true)],
    ["Log", logFile === undefined ? undefined : printable(logFile)],
  ];
  const lines = fields.flatMap(([label, text]) =>
    text === undefined ? [] : [`${style.bold(`${label}:`)} ${text}`]
  );
  return [...lines, ...dataLines(document, page)].join("\n");
}

function triggerText({ provenance }: OutputDocument): string {
  const { triggeredBy, workflowRunId, stepName } = provenance;
  const step = stepName === undefined ? "" : `, step ${printable(stepName)}`;
  return workflowRunId === undefined ? triggeredBy : `${triggeredBy} (run ${workflowRunId}${step})`;
}

function dataLines({ artifacts }: OutputDocument, { style }: Page): string[] {
  const rows = artifacts.dataArtifacts.map(({ name, version, tags }) => [
    style.cyan(printable(name)),
    `v${version}`,
    style.dim(printable(tags?.type ?? "")),
  ]);
  return rows.length === 0
    ? [`${style.bold("Data:")} none`]
    : [style.bold("Data:"), ...columns(rows, "  ")];
}
