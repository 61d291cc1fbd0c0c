/**
 * Reports: code that makes, after a method or a workflow has run, Markdown for people and JSON for
 * machines of what happened (contract: authoring 1.6).
 *
 * @module
 */
import type { DataOutputSpec } from "../extensions/descriptor.ts";
import type { MethodLogger, ModelTypeReference } from "../models/method_context.ts";
import type { DataHandle } from "../models/model_type.ts";

/** After what a report runs. Those of scope `model` run only when the method succeeded. */
export type ReportScope = "method" | "model" | "workflow";

/** What a report gives. */
export interface ReportContent {
  readonly markdown: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Whose arguments some arguments are. */
export type ArgumentKind = "global" | "method";

/** A copy of arguments with `***` in place of what their schema marks as sensitive. */
export type RedactArguments = <T>(args: T, kind: ArgumentKind) => T;

/** Data that a method may write, as reports see it. */
export type ReportedSpec = Pick<
  DataOutputSpec,
  "specName" | "kind" | "description" | "schema" | "contentType"
>;

/** What reports of every scope get. */
interface CommonContext {
  /** Absolute path of the repository. */
  readonly repoDir: string;
  readonly logger: MethodLogger;
  /** All data of the repository (contract: authoring 2.4). */
  readonly dataRepository: unknown;
  /** All definitions of the repository (contract: authoring 2.4). */
  readonly definitionRepository: unknown;
  readonly redactSensitiveArgs: RedactArguments;
  /** Aborted when the user does not want to wait any longer. */
  readonly signal: AbortSignal;
}

/** What a report of scope `method` or `model` gets. */
export interface MethodReportContext extends CommonContext {
  readonly scope: "method" | "model";
  /** Which build of swamp ran the method; absent for one that does not know. */
  readonly swampSha?: string;
  readonly modelType: ModelTypeReference;
  /** Id of the definition. */
  readonly modelId: string;
  readonly definition: {
    readonly id: string;
    readonly name: string;
    readonly version: number;
    readonly tags: Readonly<Record<string, string>>;
  };
  /** As evaluated: secrets and environment variables are still expressions. */
  readonly globalArgs: Readonly<Record<string, unknown>>;
  /** As evaluated, before defaults and conversion: secrets are still expressions. */
  readonly methodArgs: Readonly<Record<string, unknown>>;
  readonly methodName: string;
  readonly executionStatus: "succeeded" | "failed";
  /** Absent when the method succeeded. */
  readonly errorMessage?: string;
  readonly dataHandles: readonly DataHandle[];
  readonly outputSpecs: readonly ReportedSpec[];
}

/** One step of a workflow's run. What was not known when it failed or was skipped is empty. */
export interface StepExecution {
  readonly jobName: string;
  readonly stepName: string;
  readonly modelName: string;
  readonly modelType: string;
  readonly modelId: string;
  readonly methodName: string;
  readonly status: "succeeded" | "failed" | "skipped";
  /** Whether the workflow goes on although the step failed. */
  readonly allowedFailure?: boolean;
  /** Why the step failed. */
  readonly error?: string;
  readonly dataHandles: readonly DataHandle[];
  readonly methodArgs: Readonly<Record<string, unknown>>;
  readonly globalArgs: Readonly<Record<string, unknown>>;
}

/** What a report of scope `workflow` gets. */
export interface WorkflowReportContext extends CommonContext {
  readonly scope: "workflow";
  readonly workflowId: string;
  readonly workflowRunId: string;
  readonly workflowName: string;
  readonly workflowStatus: "succeeded" | "failed";
  readonly stepExecutions: readonly StepExecution[];
}
