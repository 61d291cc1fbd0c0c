import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type CommandFailure, median, medianTimes, timeOf } from "../../bench/measure.ts";

Deno.test("the median is the middle number, or the mean of the two in the middle", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

Deno.test("as many numbers lie below the median as above", () => {
  fc.assert(fc.property(fc.array(fc.integer(), { minLength: 1 }), (numbers) => {
    const middle = median(numbers);
    const half = numbers.length / 2;
    assert.ok(numbers.filter((number) => number < middle).length <= half);
    assert.ok(numbers.filter((number) => number > middle).length <= half);
  }));
});

Deno.test("there is no median of nothing", () => {
  assert.throws(() => median([]), RangeError);
});

Deno.test("the time is that of the whole process", async () => {
  const milliseconds = await timeOf({ program: "sleep", args: ["0.2"] });
  assert.ok(milliseconds >= 200, `${milliseconds} ms`);
});

Deno.test("a command that fails is not measured", async () => {
  const fails = { program: "sh", args: ["-c", "echo because >&2; exit 3"] };
  await assert.rejects(timeOf(fails), (error: CommandFailure) => /because/.test(error.message));
});

Deno.test("commands take turns, and each run is prepared", async () => {
  const turns: string[] = [];
  const noting = (name: string) => ({
    program: "true",
    args: [],
    prepare: () => void turns.push(name),
  });
  const times = await medianTimes({ a: noting("a"), b: noting("b") }, 2);
  assert.deepEqual(turns, ["a", "b", "a", "b", "a", "b"]);
  assert.deepEqual(Object.keys(times), ["a", "b"]);
});
