import assert from "node:assert/strict";
import { type BenchResults, renderResults } from "../../bench/report.ts";

const RESULTS: BenchResults = {
  date: "2026-01-02T03:04:05.000Z",
  version: "20260102.030405.0-sha.abc",
  machine: { system: "linux x86_64", cores: 2 },
  runs: 5,
  F: { value: 1, milliseconds: 20 },
  measurements: {
    version: { value: 1.25, milliseconds: 25, memory: 70 * 1024 * 1024 },
    cold: { value: 101.3, milliseconds: 2026 },
    bundles: { value: 2_400_000 },
  },
  scale: [],
};

/** The cells of the row with a title, without colours. */
function row(title: string, results = RESULTS): string[] {
  const line = renderResults(results).split("\n").find((text) => text.startsWith(title));
  return line?.slice(title.length).split(/ {2,}/).filter((cell) => cell !== "") ?? [];
}

Deno.test("a time is shown as a multiple of F, with its goal", () => {
  assert.deepEqual(row("version").slice(0, 4), ["25 ms", "1.25 F", "≤ 1.80 F", "✓"]);
});

Deno.test("a missed goal is marked", () => {
  assert.deepEqual(row("first index, npm packages cached"), ["2.0 s", "101.3 F", "≤ 100.0 F", "✗"]);
});

Deno.test("memory has a goal of its own", () => {
  assert.deepEqual(row("version").slice(4), ["70 MiB", "≤ 60 MiB", "✗"]);
});

Deno.test("what was not measured is left out", () => {
  assert.deepEqual(row("model get"), []);
});

Deno.test("each size of a scale pack has a row", () => {
  const scale = [{
    kind: "local" as const,
    ...{ size: 100, firstIndex: 1500, search: 20, searchMemory: 44 * 1024 * 1024, get: 21 },
  }];
  assert.deepEqual(row("100 local", { ...RESULTS, scale }), ["1.5 s", "20 ms", "44 MiB", "21 ms"]);
});
