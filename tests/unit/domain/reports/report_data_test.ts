import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { dataNameProblem } from "../../../../src/domain/data/data_name.ts";
import {
  isOfReport,
  reportDataName,
  reportJsonName,
  reportTags,
} from "../../../../src/domain/reports/report_data.ts";

Deno.test("data names go without @ and with - for /", () => {
  equal(reportDataName({ name: "@acme/cost", scope: "model" }), "report-acme-cost");
  equal(reportJsonName("report-acme-cost"), "report-acme-cost-json");
  equal(
    reportDataName({ name: "acme/a/b", scope: "method", varySuffix: "eu" }),
    "report-acme-a-b-eu",
  );
});

Deno.test("every name that a report may have gives a usable data name", () => {
  const name = fc.stringMatching(/^@?[a-z0-9_-]{1,9}\/[a-z0-9_-]{1,9}(\/[a-z0-9_-]{1,9})?$/);
  fc.assert(fc.property(name, fc.integer({ min: 1, max: 9 }), (one, turn) => {
    equal(dataNameProblem(reportDataName({ name: one, scope: "model" }, turn)), undefined);
  }));
});

Deno.test("tags tell the report; those of the run cannot pretend another one", () => {
  const runtime = { env: "dev", type: "file", reportName: "@x/y", modelName: "other" };
  deepEqual(reportTags({ name: "@acme/cost", scope: "model" }, "m", runtime), {
    env: "dev",
    ...{ type: "report", modelName: "m", reportName: "@acme/cost", reportScope: "model" },
  });
});

Deno.test("a variant is another report of the same name", () => {
  const identity = { name: "@acme/cost", scope: "method", varySuffix: "eu" } as const;
  const tags = reportTags(identity, "m", {});
  equal(isOfReport(tags, identity), true);
  equal(isOfReport(tags, { name: "@acme/cost" }), false);
  equal(isOfReport({ ...tags, type: "file" }, identity), false);
});
