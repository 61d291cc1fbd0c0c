import assert from "node:assert/strict";
import type { ModelDescriptor } from "../../../../src/domain/extensions/descriptor.ts";
import type { DataHandle } from "../../../../src/domain/models/model_type.ts";
import {
  methodSummary,
  type SummarizedRun,
} from "../../../../src/libswamp/models/method_summary_report.ts";

const secret = { properties: { key: { type: "string", sensitive: true } } };
const descriptor: ModelDescriptor = {
  ...{ raw: "@acme/rm", type: "@acme/rm", version: "2026.01.01.1", description: "" },
  ...{ globalArguments: secret, checks: [], reports: [] },
  methods: [{ name: "run", description: "", arguments: secret }],
  dataOutputSpecs: [
    { specName: "st", kind: "resource", schema: {}, lifetime: "1d", garbageCollection: 1 },
  ],
};

function summary(more: Partial<SummarizedRun> = {}) {
  return methodSummary({
    definition: {
      ...{ type: "@acme/rm", id: "d-1", name: "r1", version: 1, tags: {}, methods: {} },
      globalArguments: {},
    },
    ...{ descriptor, methodName: "run", methodArguments: {}, status: "succeeded", handles: [] },
    ...more,
  });
}

const handle = (name: string, specName: string, kind: "resource" | "file") =>
  ({ name, specName, kind, version: 3 }) as DataHandle;

Deno.test("what was written is told by kind and spec, with the command that gets it", () => {
  const { markdown, json } = summary({
    handles: [
      handle("a b", "st", "resource"),
      handle("l", "log", "file"),
      handle("m", "log", "file"),
    ],
  });
  assert.equal(
    json.narrative,
    "run on r1 (@acme/rm) succeeded, producing 1 resource (st), 2 files (log).",
  );
  assert.deepEqual((json.dataProduced as unknown[])[0], {
    name: "a b",
    kind: "resource",
    specName: "st",
    version: 3,
    retrievalCommand: "swamp data get r1 'a b' --version 3",
  });
  assert.match(markdown, /^# r1 \(@acme\/rm\) → run: succeeded\n/);
  assert.match(markdown, /^\| l \| file \| `swamp data get r1 l --version 3` \|$/m);
});

Deno.test("a run without data and arguments says so", () => {
  const { markdown, json } = summary();
  assert.equal(json.narrative, "run on r1 (@acme/rm) succeeded with no data output.");
  assert.match(markdown, /^No arguments\.$/m);
});

Deno.test("a failed run has its error as a section, whatever characters it has", () => {
  const { markdown, json } = summary({ status: "failed", error: "bad ``` fence" });
  assert.equal(json.error, "bad ``` fence");
  assert.ok(markdown.includes("## Error\n\n````\nbad ``` fence\n````"));
});

Deno.test("sensitive arguments are masked", () => {
  const { markdown, json } = summary({ methodArguments: { key: "s3cret", n: 1 } });
  assert.deepEqual(json.methodArgs, { key: "***", n: 1 });
  assert.doesNotMatch(markdown, /s3cret/);
});

Deno.test("the JSON names what the type can write", () => {
  assert.deepEqual(summary().json.outputSpecs, [{ specName: "st", kind: "resource", schema: {} }]);
});
