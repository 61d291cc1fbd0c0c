import { UserError } from "../../../../domain/errors.ts";
import { Redactor } from "../../../../domain/redactor.ts";
import { parseTags, readRunInputs } from "../../../../libswamp/runs/run_inputs.ts";
import type { RunDocument } from "../../../../libswamp/runs/run_document.ts";
import { runMethod } from "../../../../libswamp/runs/run_method.ts";
import type {
  RunMethodDependencies,
  RunMethodRequest,
} from "../../../../libswamp/runs/run_request.ts";
import type { CommandSpec, OptionSpec, OptionValues } from "../../../command_spec.ts";
import type { CommandContext } from "../../../context.ts";
import { redirectConsole, type RedirectedConsole } from "../../../console_redirection.ts";
import { formatLogRecord } from "../../../output/log_record.ts";
import { renderRun } from "../../../output/models/run.ts";
import type { Output } from "../../../output/output.ts";
import { renderReportResults } from "../../../output/reports/report.ts";
import { styleFor } from "../../../output/style.ts";
import { readStdin } from "../../../stdin.ts";
import { textFileReader } from "../../../text_file_reader.ts";
import { reportedProviderTypes } from "../../types/reported_types.ts";
import { reportedTypes } from "../reported_types.ts";

const repeatable = (flags: string, description: string): OptionSpec => ({
  flags,
  description: `${description} (repeatable)`,
  collect: true,
});

/** `swamp model method run <model_id_or_name> <method_name>` (contract: cli-core 7.2). */
export const command: CommandSpec = {
  arguments: "<model_id_or_name:string> <method_name:string>",
  options: [
    repeatable(
      "--input <value:string>",
      "Input as key=value, as a JSON object, or - for a JSON object on stdin; key=@file reads " +
        "the value from a file, a.b=value sets a nested key, key:json=value takes JSON",
    ),
    {
      flags: "--input-file <file:string>",
      description: "YAML or JSON file with inputs, or - for stdin; --input goes over it",
    },
    {
      flags: "--last-evaluated",
      description: "Use the definition as it was evaluated for the last run",
    },
    repeatable("--tag <tag:string>", "Tag KEY=VALUE for all data that is written"),
    repeatable("--skip-check <name:string>", "Leave out a pre-flight check"),
    repeatable("--skip-check-label <label:string>", "Leave out pre-flight checks with a label"),
    { flags: "--skip-checks", description: "Leave out all pre-flight checks" },
    repeatable("--skip-report <name:string>", "Leave out a report"),
    repeatable("--skip-report-label <label:string>", "Leave out reports with a label"),
    repeatable("--report <name:string>", "Only run this report"),
    repeatable("--report-label <label:string>", "Only run reports with this label"),
    { flags: "--skip-reports", description: "Run no reports" },
    {
      flags: "--driver <name:string>",
      description: "What runs the method, whatever the definition says: raw, which is swamp " +
        "itself, docker, or a driver of an extension; it gets no config",
    },
  ],
  repository: "required",
  examples: [
    {
      title: "A shell command",
      command: "swamp model method run hello execute --input run='echo hi'",
    },
    {
      title: "Inputs from stdin",
      command: "swamp model method run web sync --input - < inputs.json",
    },
  ],
  async run(context, options, [model = "", method = ""]) {
    const { output } = context;
    const redactor = new Redactor();
    using redirection = redirectConsole({ toStderr: output.mode === "json", redactor });
    const request = await readRequest(context, options, model, method);
    try {
      const document = await runMethod(
        await dependencies(context, redirection, redactor),
        request,
      );
      redirection[Symbol.dispose]();
      output.result(document, renderRun);
      return document.status === "succeeded" ? 0 : 1;
    } catch (error) {
      if (error instanceof UserError) tellOfFailure(error.fields, output);
      throw error;
    }
  },
};

/** What is worth reading of a failed run although there is no result; the failure itself comes last. */
function tellOfFailure({ reports = {}, logFile }: Partial<RunDocument>, output: Output): void {
  const tell = (text: string) => output.log("info", "model·method·run", text);
  for (const report of renderReportResults(reports, output)) tell(`Report\n${report}\n`);
  if (typeof logFile === "string") tell(`Log: ${logFile}`);
}

async function readRequest(
  { services }: CommandContext,
  options: OptionValues,
  model: string,
  method: string,
): Promise<RunMethodRequest> {
  const list = (name: string) => (options[name] ?? []) as readonly string[];
  const text = (name: string) => options[name] as string | undefined;
  const readers = { readTextFile: textFileReader(services.workingDirectory), readStdin };
  return {
    model,
    method,
    inputs: await readRunInputs({ inputs: list("input"), inputFile: text("inputFile") }, readers),
    tags: parseTags(list("tag")),
    lastEvaluated: options.lastEvaluated === true,
    checks: {
      skipAll: options.skipChecks === true,
      skipNames: list("skipCheck"),
      skipLabels: list("skipCheckLabel"),
    },
    reports: {
      skipAll: options.skipReports === true,
      skipNames: list("skipReport"),
      skipLabels: list("skipReportLabel"),
      names: list("report"),
      labels: list("reportLabel"),
    },
    driverLevels: [{ driver: text("driver") }],
  };
}

async function dependencies(
  context: CommandContext,
  redirection: RedirectedConsole,
  redactor: Redactor,
): Promise<RunMethodDependencies> {
  const { output, services } = context;
  const plain = styleFor(false);
  const [{ root: repoDir }, definitions, data, runs, locks, vaultNames] = await Promise.all([
    ...[services.repository(), services.definitions(), services.data()] as const,
    ...[services.runs(), services.locks(), services.vaultNames()] as const,
  ]);
  return {
    ...{ repoDir, definitions, data, runs, locks, vaultNames, redactor },
    ...extensionSources(context, redirection),
    openCatalog: services.dataCatalog,
    openVaults: services.vaultService,
    environment: () => Deno.env.toObject(),
    log: {
      show: ({ level, category, message, properties }) =>
        output.log(level, category, message, properties),
      format: (record) => formatLogRecord(record, "long", plain),
    },
    watchConsole: redirection.watch,
    signal: () => context.signal,
    process: { pid: Deno.pid, hostname: Deno.hostname() },
  };
}

/** Where the code comes from that a run may need. Node's streams are covered before that of extensions. */
function extensionSources(
  context: CommandContext,
  { coverNode }: RedirectedConsole,
): Pick<RunMethodDependencies, "modelTypes" | "reportTypes" | "drivers"> {
  const { driverHost, methodBundle } = context.services;
  const types = reportedTypes(context);
  const driverTypes = reportedProviderTypes(context, "driver");
  const reportTypes = reportedProviderTypes(context, "report");
  return {
    modelTypes: async (type) => {
      const known = await types(type);
      const [summary] = known.summaries(type).filter(({ normalized }) => normalized === type);
      if (summary?.builtIn === false) await coverNode();
      return known;
    },
    reportTypes: async () => {
      await coverNode();
      return await reportTypes();
    },
    drivers: {
      types: async (wanted) => {
        await coverNode();
        return await driverTypes(wanted);
      },
      host: driverHost,
      bundle: methodBundle,
    },
  };
}
