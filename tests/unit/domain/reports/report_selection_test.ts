import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  hasWantedLabels,
  namedReports,
  type ReportCandidate,
  reportCandidates,
  type ReportFilter,
  type ReportWishes,
} from "../../../../src/domain/reports/report_selection.ts";

const NO_FILTER: ReportFilter = {
  skipAll: false,
  ...{ skipNames: [], skipLabels: [], names: [], labels: [] },
};

interface Case extends Partial<Omit<ReportWishes, "methodName">> {
  readonly filter?: Partial<ReportFilter>;
}

/** The reports that may run after method `sync`, by name. */
function candidates({ filter = {}, ...wishes }: Case): Record<string, ReportCandidate["origin"]> {
  const all = { builtIn: [], byType: [], own: undefined, methodName: "sync", ...wishes };
  const found = reportCandidates(all, { ...NO_FILTER, ...filter });
  return Object.fromEntries(found.map(({ name, origin }) => [name, origin]));
}

Deno.test("built-in reports, those of the type and required ones are candidates, in this order", () => {
  const wishes = {
    builtIn: ["@s/b"],
    byType: ["@a/t", "@A/R "],
    own: { require: ["@a/r", { name: "@a/q" }] },
  };
  deepEqual(Object.entries(candidates(wishes)), [
    ["@s/b", "built-in"],
    ["@a/t", "type"],
    ["@a/r", "required"],
    ["@a/q", "required"],
  ]);
});

Deno.test("what the definition skips never runs, not even if it is required", () => {
  const own = { require: ["@a/r"], skip: ["@a/r", "@s/b"] };
  deepEqual(candidates({ builtIn: ["@s/b"], own }), {});
});

Deno.test("a report required for other methods does not run, whoever else names it", () => {
  const own = { require: [{ name: "@a/r", methods: ["create"] }] };
  deepEqual(candidates({ byType: ["@a/r"], own }), {});
});

Deno.test("one of several requirements of a report is enough", () => {
  const own = { require: [{ name: "@a/r", methods: ["create"] }, { name: "@a/r" }] };
  deepEqual(candidates({ own }), { "@a/r": "required" });
});

Deno.test("a workflow has no methods, so its requirements hold for it as a whole", () => {
  const own = { require: [{ name: "@a/r", methods: ["create"] }] };
  deepEqual(
    reportCandidates({ builtIn: [], byType: [], own }, NO_FILTER).map(({ name }) => name),
    ["@a/r"],
  );
});

Deno.test("flags leave reports out by name, or pick them", () => {
  const byType = ["@a/t", "@a/u"];
  deepEqual(Object.keys(candidates({ byType, filter: { skipNames: ["@A/T"] } })), ["@a/u"]);
  deepEqual(Object.keys(candidates({ byType, filter: { names: ["@A/T"] } })), ["@a/t"]);
});

Deno.test("flags do not reach required reports, except the one that wants no reports", () => {
  const own = { require: [{ name: "@a/r", methods: ["sync"] }] };
  const filter = { skipNames: ["@a/r"], names: ["@a/other"] };
  deepEqual(candidates({ own, filter }), { "@a/r": "required" });
  deepEqual(candidates({ own, filter: { skipAll: true } }), {});
});

Deno.test("labels leave reports out, or pick them, unless they are required", () => {
  const wanted = (origin: ReportCandidate["origin"], filter: Partial<ReportFilter>) =>
    hasWantedLabels({ name: "@a/t", origin }, ["short"], { ...NO_FILTER, ...filter });
  equal(wanted("type", {}), true);
  equal(wanted("type", { skipLabels: ["short"] }), false);
  equal(wanted("type", { labels: ["long"] }), false);
  equal(wanted("type", { labels: ["long", "short"] }), true);
  equal(wanted("required", { skipLabels: ["short"], labels: ["long"] }), true);
});

Deno.test("whatever is asked for, every candidate is named, and named once", () => {
  const name = fc.constantFrom("@a/a", "@a/b", "@a/c");
  const names = fc.array(name);
  const wishes = fc.record({
    builtIn: names,
    byType: names,
    own: fc.option(
      fc.record({
        require: fc.array(fc.oneof(name, fc.record({ name, methods: fc.constant(["x"]) }))),
        skip: names,
      }),
      { nil: undefined },
    ),
    methodName: fc.constantFrom("x", "y"),
  });
  fc.assert(fc.property(wishes, names, names, (asked, skipNames, only) => {
    const found = reportCandidates(asked, { ...NO_FILTER, skipNames, names: only })
      .map((candidate) => candidate.name);
    equal(new Set(found).size, found.length);
    deepEqual(found, namedReports(asked).filter((one) => found.includes(one)));
  }));
});
