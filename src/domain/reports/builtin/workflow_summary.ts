/**
 * The report `@swamp/workflow-summary` (contract: authoring 6.5).
 *
 * @module
 */
import type { ReportContent, StepExecution, WorkflowReportContext } from "../report.ts";
import { inlineCode, markdownTable } from "./markdown.ts";
import { retrievalCommand } from "./retrieval_command.ts";

/** What stands where a step does not know its model or method. */
const UNKNOWN = "—";

/** How the jobs and steps of a workflow ended, and what data they wrote. */
export function workflowSummary(context: WorkflowReportContext): ReportContent {
  const { workflowId, workflowRunId, workflowName, workflowStatus: status } = context;
  const { stepExecutions: steps } = context;
  const count = (wanted: StepExecution["status"]) =>
    steps.filter((step) => step.status === wanted).length;
  const [succeeded, failed, skipped] = [count("succeeded"), count("failed"), count("skipped")];
  const failures = steps.filter((step) => step.status === "failed");
  const allowed = failures.filter(({ allowedFailure }) => allowedFailure).length;
  const ofFailed = allowed === 0 ? "" : ` (${allowed} allowed)`;
  return {
    markdown: [
      `# ${workflowName}: ${status}`,
      `${succeeded} succeeded · ${failed} failed${ofFailed} · ${skipped} skipped`,
      ...(failures.length === 0 ? [] : ["## Failures", failureTable(failures)]),
      ...jobSections(steps),
    ].join("\n\n") + "\n",
    json: {
      ...{ status, workflowId, workflowRunId, workflowName },
      ...{ totalSteps: steps.length, succeeded, failed, skipped },
      failures: failures.map((step) => ({ ...identity(step), ...failure(step), ...data(step) })),
      steps: steps.map((step) => ({
        ...identity(step),
        modelType: step.modelType,
        status: step.status,
        ...failure(step),
        ...data(step),
      })),
    },
  };
}

function identity({ jobName, stepName, modelName, methodName }: StepExecution) {
  return { jobName, stepName, modelName, methodName };
}

function failure({ error, allowedFailure }: StepExecution) {
  return {
    ...(error === undefined ? {} : { error }),
    ...(allowedFailure ? { allowedFailure } : {}),
  };
}

function data(step: StepExecution): { readonly retrievalCommands: readonly string[] } {
  return {
    retrievalCommands: step.dataHandles.map((handle) => retrievalCommand(step.modelName, handle)),
  };
}

function failureTable(failures: readonly StepExecution[]): string {
  return markdownTable(
    ["Job", "Step", "Model", "Method", "Error", "Retrieval Command"],
    failures.map((step) => [
      step.jobName,
      step.stepName,
      step.modelName || UNKNOWN,
      step.methodName || UNKNOWN,
      `${step.error ?? UNKNOWN}${step.allowedFailure ? " (allowed)" : ""}`,
      commands(step),
    ]),
  );
}

function jobSections(steps: readonly StepExecution[]): string[] {
  if (steps.length === 0) return ["No steps."];
  const jobs = Map.groupBy(steps, ({ jobName }) => jobName);
  return [...jobs].flatMap(([name, ofJob]) => [
    `## Job: ${name} (${jobStatus(ofJob)})`,
    markdownTable(
      ["Step", "Model", "Method", "Status", "Retrieval Command"],
      ofJob.map((step) => [
        step.stepName,
        modelText(step),
        step.methodName || UNKNOWN,
        `${step.status}${step.allowedFailure ? " (allowed)" : ""}`,
        commands(step),
      ]),
    ),
  ]);
}

/** A job fails by its steps, but not by those that may fail. */
function jobStatus(steps: readonly StepExecution[]): StepExecution["status"] {
  if (steps.some(({ status, allowedFailure }) => status === "failed" && !allowedFailure)) {
    return "failed";
  }
  return steps.every(({ status }) => status === "skipped") ? "skipped" : "succeeded";
}

function modelText({ modelName, modelType }: StepExecution): string {
  if (modelName === "") return UNKNOWN;
  return modelType === "" ? modelName : `${modelName} (${modelType})`;
}

function commands(step: StepExecution): string {
  return data(step).retrievalCommands.map(inlineCode).join(", ") || UNKNOWN;
}
