import type {
  ActivityDocument,
  MethodActivity,
  ModelActivity,
  RunSummary,
} from "../../../libswamp/activity/summarise.ts";
import { columns } from "../columns.ts";
import { durationText } from "../duration_text.ts";
import type { Page, Style } from "../output.ts";
import { statusText } from "../outputs/status.ts";
import { printable } from "../printable.ts";

/** How much is told. */
interface Detail {
  /** What was asked for, such as `7d`. */
  readonly duration: string;
  /** Whether every run is listed, and the data of each type. */
  readonly verbose: boolean;
}

/** A renderer of what was done lately. */
export function activityRenderer(
  detail: Detail,
): (document: ActivityDocument, page: Page) => string {
  return (document, page) => renderActivity(document, page, detail);
}

function renderActivity(
  { methodExecutions, data, message }: ActivityDocument,
  { style }: Page,
  { duration, verbose }: Detail,
): string {
  const title = style.bold(`Activity summary (last ${duration})`);
  if (message !== undefined) return `${title}\n${message}`;
  const { totalItems, totalVersions, uniqueModels, byModelType } = data;
  const counts = [
    counted(totalItems, "item"),
    counted(totalVersions, "version"),
    counted(uniqueModels, "model"),
  ].join(", ");
  const types = byModelType.map(({ modelType, items, versions }) => [
    style.cyan(printable(modelType)),
    counted(items, "item"),
    counted(versions, "version"),
  ]);
  return [
    title,
    "",
    ...executionLines("Direct Method Executions", "manual", methodExecutions, style, verbose),
    "",
    ...executionLines(
      "Method Executions in Workflows",
      "workflow",
      methodExecutions,
      style,
      verbose,
    ),
    "",
    `${style.bold("Data Written")} (${counts})`,
    ...(verbose ? columns(types, "  ") : []),
  ].join("\n");
}

function executionLines(
  title: string,
  triggeredBy: RunSummary["triggeredBy"],
  models: readonly ModelActivity[],
  style: Style,
  verbose: boolean,
): string[] {
  const methods = models.flatMap((model) =>
    model.methods.map((method) => ({
      model,
      method,
      runs: method.runs.filter((run) => run.triggeredBy === triggeredBy),
    }))
  ).filter(({ runs }) => runs.length > 0);
  const runs = methods.flatMap((method) => method.runs);
  if (runs.length === 0) return [`${style.bold(`${title}:`)} none`];
  const { succeeded, failed, running } = tallyOf(runs);
  const tally = `${runs.length} total: ${succeeded} succeeded, ${failed} failed` +
    (running === 0 ? "" : `, ${running} running`);
  return [
    `${style.bold(title)} (${tally})`,
    ...methods.flatMap(({ model, method, runs }) =>
      methodLines(model, method, runs, style, verbose)
    ),
  ];
}

function methodLines(
  { modelName, type }: ModelActivity,
  { method }: MethodActivity,
  runs: readonly RunSummary[],
  style: Style,
  verbose: boolean,
): string[] {
  const { succeeded, failed, running } = tallyOf(runs);
  const signs = [
    ...(succeeded === 0 ? [] : [style.green(`✓ ${succeeded}`)]),
    ...(failed === 0 ? [] : [style.red(`✗ ${failed}`)]),
    ...(running === 0 ? [] : [style.yellow(`● ${running}`)]),
  ].join("  ");
  const lastError = runs.find((run) => run.error !== undefined)?.error;
  const name = `${style.bold(printable(modelName))} ${printable(method)}`;
  return [
    `  ${name}  ${signs}  ${style.dim(printable(type))}`,
    ...(lastError === undefined ? [] : [`    last error: "${firstLine(lastError)}"`]),
    ...(verbose ? columns(runs.map((run) => runRow(run, style)), "    ") : []),
  ];
}

function runRow({ id, startedAt, durationMs, status, error }: RunSummary, style: Style): string[] {
  return [
    startedAt,
    statusText(status, style),
    durationMs === undefined ? "" : durationText(durationMs),
    style.dim(id),
    ...(error === undefined ? [] : [firstLine(error)]),
  ];
}

/** A message as a cell: what follows its first line is in `model output get`. */
function firstLine(message: string): string {
  const [line] = message.split("\n", 1);
  return line === message ? printable(message) : `${printable(line!)} …`;
}

function tallyOf(runs: readonly RunSummary[]) {
  const ended = (status: RunSummary["status"]) =>
    runs.filter((run) => run.status === status).length;
  const [succeeded, failed] = [ended("succeeded"), ended("failed")];
  return { succeeded, failed, running: runs.length - succeeded - failed };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
