import { join } from "@std/path";
import type { WorkflowRunState } from "../../../domain/data/expiry.ts";

/** Name of a record, `workflow-runs/<workflow id>/workflow-run-<run id>.yaml`. */
const RECORD_NAME = /^workflow-run-(.+)\.yaml$/;

/**
 * What has become of runs of workflows, by the records that are on disk (contract: cli-automation 4).
 * A record that cannot be read counts as that of a run that goes on.
 *
 * @param folder absolute path of the folder of all records; it may be missing.
 */
export function workflowRunStates(folder: string): (runId: string) => WorkflowRunState {
  let records: ReadonlyMap<string, string> | undefined;
  const states = new Map<string, WorkflowRunState>();
  return (runId) => {
    records ??= recordsIn(folder);
    const known = states.get(runId) ?? stateOf(records.get(runId));
    states.set(runId, known);
    return known;
  };
}

function stateOf(path: string | undefined): WorkflowRunState {
  if (path === undefined) return "gone";
  try {
    const status = /^status: *['"]?(\w+)/m.exec(Deno.readTextFileSync(path))?.[1];
    return status === "succeeded" || status === "failed" ? "ended" : "running";
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "gone" : "running";
  }
}

/** Path of every record by the id of its run. */
function recordsIn(folder: string): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (const workflow of entriesOf(folder)) {
    if (!workflow.isDirectory) continue;
    for (const { name } of entriesOf(join(folder, workflow.name))) {
      const runId = RECORD_NAME.exec(name)?.[1];
      if (runId !== undefined) records.set(runId, join(folder, workflow.name, name));
    }
  }
  return records;
}

function entriesOf(folder: string): Iterable<Deno.DirEntry> {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
