import { deepEqual, equal, match } from "node:assert/strict";
import { workflowSummary } from "../../../../../src/domain/reports/builtin/workflow_summary.ts";
import { handle, step, workflowContext } from "./report_contexts.ts";

Deno.test("jobs and steps are told with what they wrote", () => {
  const { markdown, json } = workflowSummary(workflowContext([
    step({ dataHandles: [handle("a", "resource", "st"), handle("b", "resource", "st")] }),
    step({ jobName: "ship", stepName: "push", modelName: "hub" }),
  ]));
  equal(
    markdown,
    `# deploy: succeeded

2 succeeded · 0 failed · 0 skipped

## Job: build (succeeded)

| Step | Model | Method | Status | Retrieval Command |
| --- | --- | --- | --- | --- |
| compile | r1 (@acme/rm) | run | succeeded | \`swamp data get r1 a --version 2\`, \`swamp data get r1 b --version 2\` |

## Job: ship (succeeded)

| Step | Model | Method | Status | Retrieval Command |
| --- | --- | --- | --- | --- |
| push | hub (@acme/rm) | run | succeeded | — |
`,
  );
  deepEqual({ ...json, steps: [] }, {
    ...{ status: "succeeded", workflowId: "w-1", workflowRunId: "run-1", workflowName: "deploy" },
    ...{ totalSteps: 2, succeeded: 2, failed: 0, skipped: 0, failures: [], steps: [] },
  });
  deepEqual((json.steps as unknown[])[1], {
    ...{ jobName: "ship", stepName: "push", modelName: "hub", modelType: "@acme/rm" },
    ...{ methodName: "run", status: "succeeded", retrievalCommands: [] },
  });
});

Deno.test("failures come first, with their reasons", () => {
  const failed = step({
    ...{ status: "failed", error: "no space\nleft" },
    dataHandles: [handle("a", "resource", "st")],
  });
  const { markdown, json } = workflowSummary(workflowContext([step({}), failed], "failed"));
  match(markdown, /^# deploy: failed\n\n1 succeeded · 1 failed · 0 skipped\n\n## Failures\n\n/);
  match(markdown, /\n\| build \| compile \| r1 \| run \| no space left \| `swamp data get r1 a --/);
  match(markdown, /\n## Job: build \(failed\)\n/);
  deepEqual(json.failures, [{
    ...{ jobName: "build", stepName: "compile", modelName: "r1", methodName: "run" },
    ...{ error: "no space\nleft", retrievalCommands: ["swamp data get r1 a --version 2"] },
  }]);
});

Deno.test("a job whose only failure was allowed has not failed", () => {
  const { markdown, json } = workflowSummary(workflowContext([
    step({ status: "failed", allowedFailure: true, error: "flaky" }),
    step({ stepName: "next" }),
  ]));
  match(markdown, /1 succeeded · 1 failed \(1 allowed\) · 0 skipped/);
  match(markdown, /\n## Job: build \(succeeded\)\n/);
  match(markdown, /\| flaky \(allowed\) \|/);
  match(markdown, /\| failed \(allowed\) \|/);
  equal((json.failures as { allowedFailure?: boolean }[])[0]?.allowedFailure, true);
});

Deno.test("a job fails if one failure was allowed and another one was not", () => {
  const { markdown } = workflowSummary(workflowContext([
    step({ status: "failed", allowedFailure: true }),
    step({ stepName: "other", status: "failed" }),
  ], "failed"));
  match(markdown, /\n## Job: build \(failed\)\n/);
});

Deno.test("steps that were skipped, or failed before their model was known, are listed too", () => {
  const unknown = { modelName: "", modelType: "", modelId: "", methodName: "" };
  const { markdown, json } = workflowSummary(workflowContext([
    step({ ...unknown, status: "failed", error: "Model not found: r9" }),
    step({ ...unknown, jobName: "ship", stepName: "push", status: "skipped" }),
  ], "failed"));
  match(markdown, /0 succeeded · 1 failed · 1 skipped/);
  match(markdown, /\n\| build \| compile \| — \| — \| Model not found: r9 \| — \|\n/);
  match(markdown, /\n## Job: ship \(skipped\)\n\n.+\n.+\n\| push \| — \| — \| skipped \| — \|\n$/);
  deepEqual([json.totalSteps, json.skipped], [2, 1]);
});

Deno.test("a workflow without steps says so", () => {
  match(workflowSummary(workflowContext([])).markdown, /0 skipped\n\nNo steps\.\n$/);
});
