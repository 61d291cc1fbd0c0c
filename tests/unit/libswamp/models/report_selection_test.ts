import assert from "node:assert/strict";
import type { Definition } from "../../../../src/domain/models/definition.ts";
import type { ModelType } from "../../../../src/domain/models/model_type.ts";
import {
  isSelected,
  type ReportFilter,
  requireKnownReports,
} from "../../../../src/libswamp/models/report_selection.ts";

const REPORT = { name: "@a/summary", scope: "method", labels: ["short"] } as const;
const NO_FILTER: ReportFilter = {
  skipAll: false,
  ...{ skipNames: [], skipLabels: [], names: [], labels: [] },
};

interface Case {
  readonly always?: boolean;
  readonly typeReports?: readonly string[];
  readonly reports?: Definition["reports"];
  readonly filter?: Partial<ReportFilter>;
}

function runs({ always = false, typeReports = [], reports, filter = {} }: Case): boolean {
  const type = { reports: typeReports } as unknown as ModelType;
  const definition = (reports === undefined ? {} : { reports }) as Definition;
  const run = { type, definition, methodName: "sync" };
  return isSelected(REPORT, always, run, { ...NO_FILTER, ...filter });
}

Deno.test("a report runs if it is always a candidate, or type or definition name it", () => {
  assert.equal(runs({}), false);
  assert.equal(runs({ always: true }), true);
  assert.equal(runs({ typeReports: ["@a/summary"] }), true);
  assert.equal(runs({ reports: { require: ["@a/summary"] } }), true);
});

Deno.test("flags leave reports out by name and label, or pick them", () => {
  assert.equal(runs({ always: true, filter: { skipNames: ["@a/summary"] } }), false);
  assert.equal(runs({ always: true, filter: { skipLabels: ["short"] } }), false);
  assert.equal(runs({ always: true, filter: { names: ["@a/other"] } }), false);
  assert.equal(runs({ always: true, filter: { names: ["@a/summary"] } }), true);
  assert.equal(runs({ always: true, filter: { labels: ["long"] } }), false);
  assert.equal(runs({ always: true, filter: { labels: ["short"] } }), true);
});

Deno.test("a required report runs whatever the flags say, unless no reports are wanted", () => {
  const reports = { require: [{ name: "@a/summary", methods: ["sync"] }] };
  assert.equal(runs({ reports, filter: { skipNames: ["@a/summary"], names: ["@a/other"] } }), true);
  assert.equal(runs({ reports, filter: { skipAll: true } }), false);
});

Deno.test("a report required for other methods does not run for this one", () => {
  assert.equal(
    runs({ always: true, reports: { require: [{ name: "@a/summary", methods: ["create"] }] } }),
    false,
  );
});

Deno.test("what the definition skips never runs", () => {
  const reports = { require: ["@a/summary"], skip: ["@a/summary"] };
  assert.equal(runs({ always: true, reports }), false);
});

Deno.test("names and labels in flags must exist", () => {
  const type = { reports: ["@a/mine"] } as unknown as ModelType;
  const check = (filter: Partial<ReportFilter>) =>
    requireKnownReports([REPORT], type, {} as Definition, { ...NO_FILTER, ...filter });
  check({ skipNames: ["@a/mine"], names: ["@a/summary"], labels: ["short"] });
  assert.throws(() => check({ names: ["@a/sumary"] }), {
    code: "unknown_report",
    message: 'Unknown report "@a/sumary". Did you mean "@a/summary"? ' +
      "Available reports: @a/summary, @a/mine",
  });
  assert.throws(() => check({ skipLabels: ["x"] }), { code: "unknown_report_label" });
});
