import { deepEqual, equal, ok } from "node:assert/strict";
import { failureOf } from "../../../../src/cli/output/failure.ts";
import { UserError } from "../../../../src/domain/errors.ts";

/** What was thrown by a command that fails, and by what has to be done after it. */
async function thrownBy(first: unknown, second: unknown): Promise<unknown> {
  try {
    await using _lock = { [Symbol.asyncDispose]: () => Promise.reject(second) };
    throw first;
  } catch (error) {
    return error;
  }
}

Deno.test("of two failures both are told, and the first one counts", async () => {
  const thrown = await thrownBy(
    new UserError("method_failed", "The method failed", { exitCode: 7, fields: { outputId: "o" } }),
    new UserError("push_failed", "Could not push", { fields: { keptIn: "/c", outputId: "x" } }),
  );
  const { message, code, exitCode, fields, stack } = failureOf(thrown);
  equal(message, "The method failed\nCould not push");
  deepEqual([code, exitCode], ["method_failed", 7]);
  deepEqual(fields, { keptIn: "/c", outputId: "o" });
  ok(stack.includes("The method failed") && stack.includes("Could not push"));
});

Deno.test("what is no error of swamp is a bug, also when it hides behind another failure", async () => {
  const { code, hint } = failureOf(await thrownBy(new TypeError("x is not y"), new Error("z")));
  equal(code, "internal_error");
  ok(hint?.includes("bug in swamp"));
});
