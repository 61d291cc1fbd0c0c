import type { DataOutputSpec } from "../../domain/extensions/descriptor.ts";
import { modelTypeReference } from "../../domain/models/model_type_reference.ts";
import type { DataHandle } from "../../domain/models/model_type.ts";
import type { Redactor } from "../../domain/redactor.ts";
import { argumentRedaction } from "../../domain/reports/argument_redaction.ts";
import type {
  MethodReportContext,
  RedactArguments,
  ReportedSpec,
} from "../../domain/reports/report.ts";
import { createDefinitionRepositoryView } from "../runs/definition_repository_view.ts";
import { argumentSchema } from "../models/method_arguments.ts";
import { createMethodLogger } from "../../domain/models/method_logger.ts";
import type { MethodRun } from "../runs/method_run.ts";
import { createRunRepository } from "../runs/run_repository.ts";
import type { WrittenData } from "../runs/written_data.ts";
import { buildCommit } from "../version.ts";

/** How a method ended. */
export interface MethodOutcome {
  /** As evaluated: secrets and environment variables are still expressions. */
  readonly methodArguments: Readonly<Record<string, unknown>>;
  readonly handles: readonly DataHandle[];
  /** Absent when the method succeeded. */
  readonly error?: string;
}

/** What one report gets for itself. */
export interface ReportFrame {
  readonly name: string;
  readonly scope: "method" | "model";
  /** Takes out of what the report logs what only reports must not show. */
  readonly redactor: Redactor;
  /** What the report writes. */
  readonly written: WrittenData;
}

/** What masks the sensitive arguments of a run. */
export function methodRedaction({ descriptor, methodName }: MethodRun): RedactArguments {
  return argumentRedaction({
    // The type is known here: if it declares no global arguments, none of them is sensitive.
    global: [descriptor.globalArguments ?? {}],
    method: [argumentSchema(descriptor, methodName)],
  });
}

/** What a report's `execute` gets after a method has run (contract: authoring 1.6). */
export function createMethodReportContext(
  run: MethodRun,
  { methodArguments, handles, error }: MethodOutcome,
  { name, scope, redactor, written }: ReportFrame,
): MethodReportContext {
  const { definition: { id, name: modelName, version, tags, globalArguments }, log } = run;
  const swampSha = buildCommit();
  return {
    scope,
    repoDir: run.repoDir,
    logger: createMethodLogger(
      [...log.category, "report", name],
      (level, message, category) => log.add(level, redactor.redact(message), category),
    ),
    dataRepository: createRunRepository(run, written),
    definitionRepository: createDefinitionRepositoryView(run.definitions),
    redactSensitiveArgs: methodRedaction(run),
    signal: run.signal,
    ...(swampSha === undefined ? {} : { swampSha }),
    modelType: modelTypeReference(run.type.raw),
    modelId: id,
    definition: { id, name: modelName, version, tags },
    // Copies: what one report does to them is none of the next one's business.
    globalArgs: structuredClone(globalArguments),
    methodArgs: structuredClone(methodArguments),
    methodName: run.methodName,
    executionStatus: error === undefined ? "succeeded" : "failed",
    ...(error === undefined ? {} : { errorMessage: error }),
    dataHandles: [...handles],
    outputSpecs: run.descriptor.dataOutputSpecs.map(reportedSpec),
  };
}

function reportedSpec(
  { specName, kind, description, schema, contentType }: DataOutputSpec,
): ReportedSpec {
  return {
    ...{ specName, kind },
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined ? {} : { schema }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}
