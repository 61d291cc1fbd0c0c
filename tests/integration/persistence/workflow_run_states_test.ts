import { equal } from "node:assert/strict";
import { join } from "@std/path";
import { workflowRunStates } from "../../../src/infrastructure/persistence/runs/workflow_run_states.ts";
import { withRepository } from "./temporary_repository.ts";

Deno.test("the record of a run of a workflow tells what has become of it", () =>
  withRepository(async ({ internal }) => {
    const folder = join(internal, "workflow-runs");
    await Deno.mkdir(join(folder, "w"), { recursive: true });
    const record = (id: string, text: string) =>
      Deno.writeTextFile(join(folder, "w", `workflow-run-${id}.yaml`), text);
    await record("a", "id: a\nstatus: running\njobs:\n  - status: succeeded\n");
    await record("b", "id: b\nstatus: 'succeeded'\n");
    await record("c", "id: c\nstatus: failed\n");
    await record("d", "garbage");
    const state = workflowRunStates(folder);
    equal(state("a"), "running");
    equal(state("b"), "ended");
    equal(state("c"), "ended");
    equal(state("d"), "running");
    equal(state("e"), "gone");
  }));

Deno.test("without any record every run is gone", () =>
  withRepository(({ internal }) => {
    equal(workflowRunStates(join(internal, "workflow-runs"))("a"), "gone");
    return Promise.resolve();
  }));
