import assert from "node:assert/strict";
import { isPassedTest, testTotals } from "../../../../tasks/checks/test_output.ts";

Deno.test("totals are read from the closing line of a good run", () => {
  assert.deepEqual(testTotals("ok | 12 passed | 0 failed (1s)"), { passed: 12, failed: 0 });
});

Deno.test("totals are read where there are steps and ignored tests", () => {
  const line = "FAILED | 1 passed (1 step) | 2 failed (1 step) | 1 ignored (7ms)";
  assert.deepEqual(testTotals(line), { passed: 1, failed: 2 });
});

Deno.test("other lines have no totals", () => {
  for (const line of ["", "ok | nothing", "a test ... ok (3ms)", " ok | 1 passed | 0 failed"]) {
    assert.equal(testTotals(line), undefined);
  }
});

Deno.test("a passed test, or a step of one, is told from everything else", () => {
  const passed = [
    "a ... ok (0ms)",
    "  b ... ok (1.5s)",
    "c ... ok (2 steps) (3ms)",
    "d ... ok (5µs)",
  ];
  for (const line of passed) assert.ok(isPassedTest(line), line);
  const others = [
    "running 2 tests from ./a_test.ts",
    "a ... FAILED (1ms)",
    "a ... ignored (0ms)",
    "a ...",
  ];
  for (const line of others) assert.ok(!isPassedTest(line), line);
});

Deno.test("what deno prints is understood", async () => {
  const file = await Deno.makeTempFile({ suffix: "_test.ts" });
  await Deno.writeTextFile(
    file,
    'Deno.test("a", () => {});\nDeno.test("b", () => { throw 1; });\n',
  );
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-config", "--no-lock", file],
    env: { NO_COLOR: "1" },
  }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  assert.deepEqual(lines.map(testTotals).filter(Boolean), [{ passed: 1, failed: 1 }]);
  assert.equal(lines.filter(isPassedTest).length, 1);
  await Deno.remove(file);
});
