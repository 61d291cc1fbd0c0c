import type { DataHandle } from "../../../../../src/domain/models/model_type.ts";
import { modelTypeReference } from "../../../../../src/domain/models/model_type_reference.ts";
import { createMethodLogger } from "../../../../../src/domain/models/method_logger.ts";
import type {
  MethodReportContext,
  StepExecution,
  WorkflowReportContext,
} from "../../../../../src/domain/reports/report.ts";

const COMMON = {
  repoDir: "/r",
  logger: createMethodLogger([], () => {}),
  dataRepository: {},
  definitionRepository: {},
  redactSensitiveArgs: <T>(args: T) => args,
  signal: new AbortController().signal,
};

/** A handle of version 2 of a name. */
export function handle(name: string, kind: "resource" | "file", specName: string): DataHandle {
  return {
    ...{ name, kind, specName, dataId: "d-1", version: 2, size: 1, tags: {} },
    metadata: {
      ...{ contentType: "text/plain", lifetime: "7d", garbageCollection: 2, streaming: false },
      ...{ tags: {}, ownerDefinition: { ownerType: "model-method", ownerRef: "m-1" } },
    },
  };
}

/** Method `run` of `r1`, which has succeeded and written nothing. */
export function methodContext(more: Partial<MethodReportContext> = {}): MethodReportContext {
  return {
    ...COMMON,
    scope: "method",
    modelType: modelTypeReference("@acme/rm"),
    modelId: "m-1",
    definition: { id: "m-1", name: "r1", version: 1, tags: {} },
    ...{ globalArgs: {}, methodArgs: {}, methodName: "run", executionStatus: "succeeded" },
    ...{ dataHandles: [], outputSpecs: [] },
    ...more,
  };
}

/** A step that has succeeded and written nothing. */
export function step(more: Partial<StepExecution>): StepExecution {
  return {
    ...{ jobName: "build", stepName: "compile", modelName: "r1", modelType: "@acme/rm" },
    ...{ modelId: "m-1", methodName: "run", status: "succeeded" },
    ...{ dataHandles: [], methodArgs: {}, globalArgs: {} },
    ...more,
  };
}

/** A run of workflow `deploy`. */
export function workflowContext(
  stepExecutions: readonly StepExecution[],
  workflowStatus: "succeeded" | "failed" = "succeeded",
): WorkflowReportContext {
  return {
    ...COMMON,
    scope: "workflow",
    ...{ workflowId: "w-1", workflowRunId: "run-1", workflowName: "deploy", workflowStatus },
    stepExecutions,
  };
}
