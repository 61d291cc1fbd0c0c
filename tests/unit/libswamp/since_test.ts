import { equal, throws } from "node:assert/strict";
import { since } from "../../../src/libswamp/since.ts";

const NOW = Date.parse("2026-11-20T12:00:00.000Z");
const timeOf = (duration: string) => new Date(since(duration, NOW)).toISOString();

Deno.test("a duration leads back from now", () => {
  equal(timeOf("30m"), "2026-11-20T11:30:00.000Z");
  equal(timeOf("1h"), "2026-11-20T11:00:00.000Z");
  equal(timeOf("7d"), "2026-11-13T12:00:00.000Z");
  equal(timeOf("1w"), "2026-11-13T12:00:00.000Z");
  equal(timeOf("1mo"), "2026-10-21T12:00:00.000Z");
  equal(timeOf("1y"), "2025-11-20T12:00:00.000Z");
});

Deno.test("no duration leads back further than the times that computers know", () => {
  equal(timeOf("99999999y"), "1970-01-01T00:00:00.000Z");
});

for (const text of ["1x", "d", "7", "", "-1d", "1.5h", "1 d"]) {
  Deno.test(`"${text}" is no duration`, () =>
    throws(() => since(text, NOW), {
      code: "invalid_duration",
      message: `Invalid duration format: "${text}". Expected format like 1h, 1d, 7d, 1w, 1mo`,
    }));
}
