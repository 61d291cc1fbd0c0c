import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import type { ValueSchema } from "../../../../../src/domain/models/value_schema.ts";
import {
  isShellArguments,
  isShellResult,
} from "../../../../../src/domain/models/builtin/command_shell_look.ts";
import {
  shellArguments,
  shellResult,
} from "../../../../../src/domain/models/builtin/command_shell_schemas.ts";

const VALUE = fc.oneof(
  ...[fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null)],
  ...[fc.dictionary(fc.string(), fc.string()), fc.object(), fc.constant(undefined)],
);

/** Maps that have some of the members, and now and then another one. */
function maps(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.fromEntries([...names, "other"].map((name) => [name, VALUE]));
  return fc.record(members, { requiredKeys: [] });
}

const LOOKS: readonly [string, (data: unknown) => boolean, ValueSchema, readonly string[]][] = [
  ["arguments", isShellArguments, shellArguments, Object.keys(shellArguments.shape)],
  ["results", isShellResult, shellResult, Object.keys(shellResult.shape)],
];

for (const [what, isSound, schema, names] of LOOKS) {
  Deno.test(`zod gives back the ${what} that a look takes as they are`, async () => {
    await fc.assert(fc.asyncProperty(maps(names), async (data) => {
      if (isSound(data)) deepEqual(await schema.safeParseAsync(data), { success: true, data });
    }));
  });
}

Deno.test("a look takes what most people write", () => {
  ok(isShellArguments({ run: "true" }));
  ok(isShellArguments({
    ...{ run: "true", workingDir: "/", timeout: 5, env: { A: "b" }, ignoreExitCode: true },
  }));
  ok(isShellResult({
    ...{ exitCode: 0, executedAt: "2026-01-01T00:00:00Z", command: "true", durationMs: 3 },
    ...{ stdout: "", stderr: "" },
  }));
});
