/**
 * The built-in report `@swamp/method-summary` (contract: authoring 6.5): what a method did, as Markdown
 * for people and as JSON for machines.
 *
 * @module
 */
import type { DataOutputSpec, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DataHandle } from "../../domain/models/model_type.ts";
import { maskSensitive } from "../../domain/models/sensitive_fields.ts";
import { argumentSchema } from "./method_arguments.ts";
import type { ReportIdentity } from "./report_selection.ts";

/** What the report is called and when it runs. */
export const METHOD_SUMMARY: ReportIdentity = {
  name: "@swamp/method-summary",
  scope: "method",
  labels: ["summary"],
};

/** The run that is reported. */
export interface SummarizedRun {
  readonly definition: Definition;
  readonly descriptor: ModelDescriptor;
  readonly methodName: string;
  /** As given, before defaults and conversion. */
  readonly methodArguments: Readonly<Record<string, unknown>>;
  readonly status: "succeeded" | "failed";
  /** What went wrong, for a failed run. */
  readonly error?: string;
  readonly handles: readonly DataHandle[];
}

/** What a report gives. */
export interface ReportContent {
  readonly markdown: string;
  readonly json: Readonly<Record<string, unknown>>;
}

interface Produced {
  readonly name: string;
  readonly kind: string;
  readonly specName: string;
  readonly version: number;
  readonly retrievalCommand: string;
}

/** Reports one run. Sensitive arguments appear as `***`. */
export function methodSummary(run: SummarizedRun): ReportContent {
  const { definition, descriptor, methodName, status, error } = run;
  const globalArgs = maskSensitive(descriptor.globalArguments, definition.globalArguments);
  const schema = argumentSchema(descriptor, methodName);
  const methodArgs = maskSensitive(schema, run.methodArguments);
  const dataProduced = run.handles.map((handle) => produced(definition.name, handle));
  const narrative = narrate(run);
  return {
    markdown: [
      `# ${definition.name} (${definition.type}) → ${methodName}: ${status}`,
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
      modelId: definition.id,
      modelName: definition.name,
      modelType: definition.type,
      methodName,
      narrative,
      globalArgs,
      methodArgs,
      outputSpecs: descriptor.dataOutputSpecs.map(outputSpec),
      dataProduced,
    },
  };
}

function narrate({ definition, methodName, status, error, handles }: SummarizedRun): string {
  const run = `${methodName} on ${definition.name} (${definition.type})`;
  if (status === "failed") return `${run} failed: ${error ?? "unknown error"}`;
  if (handles.length === 0) return `${run} succeeded with no data output.`;
  const counts = (["resource", "file"] as const).flatMap((kind) => {
    const ofKind = handles.filter((handle) => handle.kind === kind);
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
  return [
    "| Name | Kind | Retrieval Command |",
    "| --- | --- | --- |",
    ...data.map(({ name, kind, retrievalCommand }) =>
      `| ${cell(name)} | ${kind} | \`${cell(retrievalCommand)}\` |`
    ),
  ].join("\n");
}

function produced(modelName: string, { name, kind, specName, version }: DataHandle): Produced {
  const words = [modelName, name].map(shellWord).join(" ");
  const retrievalCommand = `swamp data get ${words} --version ${version}`;
  return { name, kind, specName, version, retrievalCommand };
}

function outputSpec({ specName, kind, description, schema, contentType }: DataOutputSpec) {
  return {
    ...{ specName, kind },
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined ? {} : { schema }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

/** A fence longer than any in the text itself. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
