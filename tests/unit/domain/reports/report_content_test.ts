import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { reportContent } from "../../../../src/domain/reports/report_content.ts";

Deno.test("Markdown and plain data are taken as they are, and nothing else with them", () => {
  fc.assert(
    fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (markdown, json) => {
      const plain = JSON.parse(JSON.stringify(json));
      deepEqual(reportContent({ markdown, json, more: 1 }), { markdown, json: plain });
    }),
  );
});

Deno.test("the JSON is what will be written, not what the report goes on changing", () => {
  const json = { at: new Date(0), none: undefined };
  deepEqual(reportContent({ markdown: "", json }).json, { at: "1970-01-01T00:00:00.000Z" });
});

const CYCLE: Record<string, unknown> = {};
CYCLE.self = CYCLE;

for (
  const [returned, problem] of [
    [undefined, "it returned undefined"],
    ["# Report", "it returned a string"],
    [[], "it returned a list"],
    [{ json: {} }, "its markdown is undefined"],
    [{ markdown: 1, json: {} }, "its markdown is a number"],
    [{ markdown: "" }, "its json is undefined"],
    [{ markdown: "", json: [] }, "its json is a list"],
    [{ markdown: "", json: new Date(0) }, "its json becomes a string when it is written"],
    [{ markdown: "", json: { n: 1n } }, "its json cannot be written: "],
    [{ markdown: "", json: CYCLE }, "its json cannot be written: "],
  ] as const
) {
  Deno.test(`a report is refused when ${problem} (${Deno.inspect(returned)})`, () => {
    throws(() => reportContent(returned), (error: Error & { code: string }) => {
      equal(error.code, "invalid_report");
      const text = `A report must return { markdown: string, json: object }, but ${problem}`;
      equal(error.message.slice(0, text.length), text);
      return true;
    });
  });
}
