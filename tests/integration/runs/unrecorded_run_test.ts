import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { type Lab, withModel } from "./method_runs.ts";
import { z } from "zod";

/** Runs `test` with a method that makes it impossible to complete the record of its run, then ends. */
function withoutRecord(end: () => unknown, test: (lab: Lab) => Promise<void>): Promise<void> {
  let lab: Lab;
  const execute = async () => {
    const folder = join(lab.layout.outputs, "@acme/thing/run");
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".yaml")) continue;
      await Deno.remove(join(folder, name));
      await Deno.mkdir(join(folder, name));
    }
    return end();
  };
  const run = { description: "", arguments: z.object({}), execute };
  return withModel({ methods: { run } }, async (created) => {
    lab = created;
    await test(lab);
  });
}

Deno.test("a run that fails tells why, even where that cannot be recorded", () =>
  withoutRecord(() => Promise.reject(new Error("kaput")), async (lab) => {
    const { message, fields } = await lab.fail("run");
    equal(message, "kaput");
    const warnings = fields.warnings as { code: string; message: string }[];
    deepEqual(warnings.map(({ code }) => code), ["run_not_recorded"]);
    match(warnings[0]!.message, /^The end of this run could not be recorded: /);
  }));

Deno.test("a run whose end cannot be recorded has not succeeded", () =>
  withoutRecord(() => ({}), async (lab) => {
    const { code, message, fields } = await lab.fail("run");
    equal(code, "run_not_recorded");
    match(message, /^The end of this run could not be recorded: /);
    equal(fields.status, "failed");
  }));
