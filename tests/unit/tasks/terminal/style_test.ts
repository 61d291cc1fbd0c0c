import assert from "node:assert/strict";
import { formatDuration } from "../../../../tasks/terminal/style.ts";

Deno.test("a duration has a unit that fits", () => {
  assert.equal(formatDuration(0.4), "0 ms");
  assert.equal(formatDuration(36.2), "36 ms");
  assert.equal(formatDuration(1234), "1.2 s");
  assert.equal(formatDuration(61_000), "1 min 1 s");
});

Deno.test("a duration close to the next unit is not written in two ways", () => {
  assert.equal(formatDuration(999.7), "1.0 s");
  assert.equal(formatDuration(59_990), "1 min 0 s");
});
