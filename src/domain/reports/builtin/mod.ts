/**
 * The reports that need no extension. They are described without being imported.
 *
 * @module
 */
import type { ProviderDescriptor } from "../../extensions/descriptor.ts";
import type { BuiltInProvider } from "../../extensions/provider_types.ts";
import type { Provider } from "../../extensions/shapes/provider_shape.ts";

/** What is shown of a report; reports have no config. */
type ReportDescriptor = Omit<ProviderDescriptor, "configSchema">;

const METHOD_SUMMARY: ReportDescriptor = {
  raw: "@swamp/method-summary",
  type: "@swamp/method-summary",
  name: "@swamp/method-summary",
  description: "What a method was given, how it ended, and what data it wrote",
  scope: "method",
  labels: ["summary"],
};

const WORKFLOW_SUMMARY: ReportDescriptor = {
  raw: "@swamp/workflow-summary",
  type: "@swamp/workflow-summary",
  name: "@swamp/workflow-summary",
  description: "How the jobs and steps of a workflow ended, and what data they wrote",
  scope: "workflow",
  labels: ["summary"],
};

/** Every built-in report. */
export const BUILT_IN_REPORTS: readonly BuiltInProvider[] = [
  builtIn(METHOD_SUMMARY, async () => (await import("./method_summary.ts")).methodSummary),
  builtIn(WORKFLOW_SUMMARY, async () => (await import("./workflow_summary.ts")).workflowSummary),
];

function builtIn(
  descriptor: ReportDescriptor,
  load: () => Promise<Provider["create"]>,
): BuiltInProvider {
  return { descriptor, load: async () => ({ ...descriptor, create: await load() }) };
}
