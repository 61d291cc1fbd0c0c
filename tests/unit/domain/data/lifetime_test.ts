import assert from "node:assert/strict";
import fc from "fast-check";
import {
  durationMilliseconds,
  garbageCollectionProblem,
  isLifetime,
  storedLifetime,
} from "../../../../src/domain/data/lifetime.ts";

const DAY = 86_400_000;

Deno.test("durations count minutes, hours, days, weeks, months of 30 and years of 365 days", () => {
  const expected = { "5m": 300_000, "2h": 7_200_000, "1d": DAY, "1w": 7 * DAY };
  for (const [text, milliseconds] of Object.entries(expected)) {
    assert.equal(durationMilliseconds(text), milliseconds);
  }
  assert.equal(durationMilliseconds("1mo"), 30 * DAY);
  assert.equal(durationMilliseconds("10y"), 3650 * DAY);
});

Deno.test("everything else is no duration", () => {
  for (const text of ["", "d", "1", "1s", "-1d", "1.5d", "1 d", "infinite", "1D", "1d "]) {
    assert.equal(durationMilliseconds(text), undefined, text);
  }
});

Deno.test("a lifetime is a keyword or a duration", () => {
  for (const value of ["infinite", "ephemeral", "job", "workflow", "7d", "0h"]) {
    assert.equal(isLifetime(value), true);
  }
  for (const value of ["forever", "7", 7, null, undefined, ""]) {
    assert.equal(isLifetime(value), false);
  }
});

Deno.test("a lifetime of no time is stored as that of the workflow, every other as it is", () => {
  const lifetimes = fc.tuple(fc.nat(1000), fc.constantFrom("m", "h", "d", "w", "mo", "y"));
  fc.assert(fc.property(lifetimes, ([count, unit]) => {
    const lifetime = `${count}${unit}`;
    assert.equal(storedLifetime(lifetime), count === 0 ? "workflow" : lifetime);
  }));
  assert.equal(storedLifetime("00d"), "workflow");
  assert.equal(storedLifetime("infinite"), "infinite");
});

Deno.test("garbage collection is a positive whole number or a duration above zero", () => {
  for (const value of [1, 10, "30d", "1y"]) {
    assert.equal(garbageCollectionProblem(value), undefined);
  }
  const texts = {
    count: "Too small: expected number to be >0",
    duration: "Garbage collection duration must be greater than zero",
    pattern: "Duration must match pattern like '1h', '5m', '10d', '2w', '1mo', '10y'",
  };
  assert.equal(garbageCollectionProblem(0), texts.count);
  assert.equal(garbageCollectionProblem("0d"), texts.duration);
  assert.equal(garbageCollectionProblem("ten"), texts.pattern);
  assert.equal(garbageCollectionProblem(undefined), texts.pattern);
  assert.equal(garbageCollectionProblem(1.5), "Garbage collection count must be an integer");
});
