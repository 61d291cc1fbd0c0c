import assert from "node:assert/strict";
import { timeOf } from "../../bench/measure.ts";
import { phaseTime } from "../../bench/phases.ts";

/** A command that traces two phases, the second one with a detail. */
const TRACING = {
  program: "sh",
  args: ["-c", 'echo "trace     2.5 ms  scan\ntrace    12.0 ms  load bundle a.js" >&2'],
};

Deno.test("the time of a phase is read from a command's trace", async () => {
  assert.equal(await phaseTime(TRACING, "scan", 1), 2.5);
  assert.equal(await phaseTime(TRACING, "load bundle", 2), 12);
});

Deno.test("a phase that does not run is an error that shows the trace", async () => {
  await assert.rejects(phaseTime(TRACING, "load", 1).then(() => phaseTime(TRACING, "commit", 1)), {
    message: /no phase "commit"[^]*load bundle a\.js/,
  });
});

Deno.test("a command that is to fail is measured when it does, and only then", async () => {
  await timeOf({ program: "false", args: [], fails: true });
  await assert.rejects(timeOf({ program: "true", args: [], fails: true }));
});
