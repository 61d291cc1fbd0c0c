/**
 * The report `@swamp/method-summary` (contract: authoring 6.5).
 *
 * @module
 */
import type { DataHandle } from "../../models/model_type.ts";
import type { MethodReportContext, ReportContent } from "../report.ts";
import { fenced, inlineCode, markdownTable } from "./markdown.ts";
import { retrievalCommand } from "./retrieval_command.ts";

interface Produced {
  readonly name: string;
  readonly kind: string;
  readonly specName: string;
  readonly version: number;
  readonly retrievalCommand: string;
}

/** What a method was given, how it ended, and what data it wrote. */
export function methodSummary(context: MethodReportContext): ReportContent {
  const { definition, methodName, executionStatus: status, errorMessage: error } = context;
  const { swampSha, modelType: { normalized: type }, redactSensitiveArgs } = context;
  const globalArgs = redactSensitiveArgs(context.globalArgs, "global");
  const methodArgs = redactSensitiveArgs(context.methodArgs, "method");
  const dataProduced = context.dataHandles.map((handle) => produced(definition.name, handle));
  const narrative = narrate(context);
  const build = swampSha === undefined ? "" : ` | git sha: ${swampSha}`;
  return {
    markdown: [
      `# ${definition.name} (${type}) → ${methodName}: ${status}${build}`,
      narrative,
      ...(error === undefined ? [] : ["## Error", fenced("", error)]),
      "## Arguments",
      ...argumentSections(globalArgs, methodArgs),
      "## Data Output",
      dataTable(dataProduced),
    ].join("\n\n") + "\n",
    json: {
      status,
      ...(error === undefined ? {} : { error }),
      modelId: context.modelId,
      modelName: definition.name,
      modelType: type,
      methodName,
      ...(swampSha === undefined ? {} : { swampSha }),
      ...{ narrative, globalArgs, methodArgs },
      outputSpecs: context.outputSpecs,
      dataProduced,
    },
  };
}

function narrate(
  { definition, modelType, methodName, executionStatus, errorMessage, dataHandles }:
    MethodReportContext,
): string {
  const run = `${methodName} on ${definition.name} (${modelType.normalized})`;
  if (executionStatus === "failed") return `${run} failed: ${errorMessage ?? "unknown error"}`;
  if (dataHandles.length === 0) return `${run} succeeded with no data output.`;
  const counts = (["resource", "file"] as const).flatMap((kind) => {
    const ofKind = dataHandles.filter((handle) => handle.kind === kind);
    if (ofKind.length === 0) return [];
    const specs = [...new Set(ofKind.map((handle) => handle.specName))].join(", ");
    return [`${ofKind.length} ${kind}${ofKind.length === 1 ? "" : "s"} (${specs})`];
  });
  return `${run} succeeded, producing ${counts.join(", ")}.`;
}

function argumentSections(
  globalArgs: Readonly<Record<string, unknown>>,
  methodArgs: Readonly<Record<string, unknown>>,
): string[] {
  const sections = [["Global Arguments", globalArgs], ["Method Arguments", methodArgs]] as const;
  const filled = sections.filter(([, values]) => Object.keys(values).length > 0);
  if (filled.length === 0) return ["No arguments."];
  return filled.flatMap(([title, values]) => [
    `**${title}**`,
    fenced("json", JSON.stringify(values, null, 2)),
  ]);
}

function dataTable(data: readonly Produced[]): string {
  if (data.length === 0) return "No data.";
  return markdownTable(
    ["Name", "Kind", "Retrieval Command"],
    data.map(({ name, kind, retrievalCommand }) => [name, kind, inlineCode(retrievalCommand)]),
  );
}

function produced(modelName: string, handle: DataHandle): Produced {
  const { name, kind, specName, version } = handle;
  return { name, kind, specName, version, retrievalCommand: retrievalCommand(modelName, handle) };
}
