import assert from "node:assert/strict";
import { z } from "zod";
import type { Definition } from "../../../src/domain/models/definition.ts";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import type { SourceFailure } from "../../../src/domain/extensions/extension_types.ts";
import { type Lab, MODEL_ID, withModel } from "../runs/method_runs.ts";
import { type ExportedReport, installedReports } from "./installed_reports.ts";

const SCOPE = { type: "@acme/thing", modelId: MODEL_ID };
const FILTER = {
  skipAll: false,
  ...{ skipNames: [], skipLabels: [], names: [], labels: [] },
};

interface Situation {
  readonly installed?: readonly ExportedReport[];
  readonly failures?: readonly SourceFailure[];
  /** `reports` of the type. */
  readonly byType?: readonly string[];
  readonly definition?: Partial<Definition>;
  readonly execute?: (args: Record<string, unknown>, context: MethodContext) => unknown;
}

/** A model with methods `run` and `fail`; `run` takes a sensitive `key` and writes `main`. */
function withReports(
  { installed = [], failures = [], byType = [], definition = {}, execute }: Situation,
  test: (lab: Lab) => Promise<void>,
): Promise<void> {
  const write = (_args: unknown, context: MethodContext) =>
    context.writeResource("state", "main", { n: 1 }).then(() => undefined);
  return withModel(
    {
      reports: byType,
      resources: {
        state: { schema: z.object({ n: z.number() }), lifetime: "7d", garbageCollection: 2 },
      },
      methods: {
        run: {
          description: "",
          arguments: z.object({
            n: z.number().default(1),
            key: z.string().optional().meta({ sensitive: true }),
          }),
          execute: execute ?? write,
        },
        fail: {
          description: "",
          arguments: z.object({}),
          execute: () => Promise.reject(new Error("boom")),
        },
      },
    },
    test,
    definition,
    () => Promise.resolve(installedReports(installed, failures)),
  );
}

const content = (text = "# Fine") => ({ markdown: text, json: { fine: true } });

Deno.test("reports of the type and of the definition run, built-in ones first, model scope last", () =>
  withReports({
    installed: [
      { name: "@acme/of-model", scope: "model", execute: () => Promise.resolve(content()) },
      { name: "@acme/required", execute: () => Promise.resolve(content()) },
      { name: "@acme/nobodys", execute: () => assert.fail("nobody asked for it") },
    ],
    byType: ["@acme/of-model"],
    definition: { reports: { require: ["@acme/required"] } },
  }, async (lab) => {
    const { reports, status, warnings } = await lab.run("run");
    assert.deepEqual([status, warnings], ["succeeded", undefined]);
    assert.deepEqual(Object.keys(reports!), [
      ...["@swamp/method-summary", "@acme/required", "@acme/of-model"],
    ]);
    assert.deepEqual(reports!["@acme/of-model"], {
      ...{ name: "@acme/of-model", scope: "model", success: true },
      ...content(),
    });
  }));

Deno.test("after a failed method only reports of scope method run", () =>
  withReports({
    installed: [
      { name: "@acme/of-model", scope: "model", execute: () => assert.fail("called") },
      {
        name: "@acme/of-method",
        execute: ({ executionStatus, errorMessage }) =>
          content(`${executionStatus}: ${errorMessage}`),
      },
    ],
    byType: ["@acme/of-model", "@acme/of-method"],
  }, async (lab) => {
    const { fields } = await lab.fail("fail");
    const reports = fields.reports as Record<string, { markdown?: string }>;
    assert.deepEqual(Object.keys(reports), ["@swamp/method-summary", "@acme/of-method"]);
    assert.equal(reports["@acme/of-method"]?.markdown, "failed: boom");
  }));

Deno.test("the context has everything that the contract lists", () => {
  let seen: Record<string, unknown> = {};
  return withReports({
    installed: [{
      name: "@acme/x",
      execute: async (context) => {
        const { dataRepository, modelType, modelId, definitionRepository, logger } = context;
        const bytes = await dataRepository.getContent(modelType, modelId, "main");
        const found = await definitionRepository.findById(modelType, modelId);
        logger.info("looking at {n}", { n: 1 });
        seen = { ...context, content: new TextDecoder().decode(bytes), found: found.name };
        return content();
      },
    }],
    byType: ["@acme/x"],
    definition: { tags: { env: "dev" }, globalArguments: { region: "eu" } },
  }, async (lab) => {
    await lab.run("run", { inputs: { n: "5" } });
    assert.deepEqual([seen.scope, seen.repoDir], ["method", lab.layout.root]);
    assert.deepEqual([seen.content, seen.found], ['{"n":1}', "t1"]);
    assert.equal((seen.modelType as { normalized: string }).normalized, "@acme/thing");
    assert.equal(seen.modelId, MODEL_ID);
    assert.deepEqual(seen.definition, {
      ...{ id: MODEL_ID, name: "t1", version: 1, tags: { env: "dev" } },
    });
    assert.deepEqual(seen.globalArgs, { region: "eu" });
    assert.deepEqual(seen.methodArgs, { n: "5" }, "before conversion");
    assert.deepEqual([seen.methodName, seen.executionStatus], ["run", "succeeded"]);
    assert.equal("errorMessage" in seen, false);
    const [handle] = seen.dataHandles as { name: string; version: number; specName: string }[];
    assert.deepEqual([handle?.name, handle?.version, handle?.specName], ["main", 1, "state"]);
    const [spec] = seen.outputSpecs as { schema: { type: string } }[];
    assert.deepEqual({ ...spec, schema: spec?.schema.type }, {
      ...{ specName: "state", kind: "resource", schema: "object" },
    });
    assert.deepEqual(lab.shown.filter(({ message }) => message === "looking at 1").length, 1);
  });
});

Deno.test("one report does not see what another one did to its arguments", () =>
  withReports({
    installed: ["@acme/a", "@acme/b"].map((name) => ({
      name,
      execute: ({ methodArgs }) => {
        methodArgs.n++;
        return content(String(methodArgs.n));
      },
    })),
    byType: ["@acme/a", "@acme/b"],
  }, async (lab) => {
    const { reports } = await lab.run("run", { inputs: { n: 5 } });
    assert.equal(reports?.["@acme/b"]?.markdown, "6");
  }));

Deno.test("sensitive arguments are masked in the copy, and in whatever a report shows of them", () =>
  withReports({
    installed: [{
      name: "@acme/leak",
      execute: ({ methodArgs, redactSensitiveArgs, logger }) => {
        logger.info(`given ${methodArgs.key}`);
        return {
          markdown: `the key is ${methodArgs.key}`,
          json: { copy: redactSensitiveArgs(methodArgs, "method"), raw: methodArgs },
        };
      },
    }],
    byType: ["@acme/leak"],
  }, async (lab) => {
    const result = await lab.run("run", { inputs: { key: "hunter2-key" } });
    assert.equal(result.reports?.["@acme/leak"]?.markdown, "the key is ***");
    assert.deepEqual(result.reports?.["@acme/leak"]?.json, {
      ...{ copy: { key: "***" }, raw: { key: "***" } },
    });
    assert.doesNotMatch(JSON.stringify([result, lab.shown]), /hunter2/);
    assert.doesNotMatch(await lab.log(result), /hunter2/);
  }));

Deno.test("global arguments of a type that declares none are not sensitive", () =>
  withReports({
    installed: [{
      name: "@acme/x",
      execute: ({ globalArgs, redactSensitiveArgs }) => ({
        markdown: "",
        json: redactSensitiveArgs(globalArgs, "global"),
      }),
    }],
    byType: ["@acme/x"],
    definition: { globalArguments: { stage: "production" } },
  }, async (lab) => {
    const { reports } = await lab.run("run");
    assert.deepEqual(reports?.["@acme/x"]?.json, { stage: "production" });
  }));

Deno.test("a report is kept as Markdown and as JSON, with tags that tell what it is", () =>
  withReports({
    installed: [{ name: "@acme/cost", scope: "model", execute: () => content("# Cost\n") }],
    byType: ["@acme/cost"],
  }, async (lab) => {
    await lab.run("run", { tags: { env: "dev", reportName: "@x/y" } });
    assert.equal(await lab.text("report-acme-cost"), "# Cost\n");
    assert.deepEqual(await lab.json("report-acme-cost-json"), { fine: true });
    for (const [name, type] of [["", "text/markdown"], ["-json", "application/json"]]) {
      const { metadata } = (await lab.data.get(SCOPE, `report-acme-cost${name}`))!;
      assert.deepEqual(
        [metadata.contentType, metadata.lifetime, metadata.garbageCollection],
        [type, "30d", 5],
      );
      assert.deepEqual(metadata.tags, {
        ...{ type: "report", reportName: "@acme/cost", reportScope: "model" },
        ...{ modelName: "t1", env: "dev" },
      });
    }
  }));

Deno.test("reports whose names become the same data name are kept apart", () =>
  withReports({
    installed: ["@acme/a-b", "@acme/a/b", "@acme/a-b-json"].map((name) => ({
      name,
      execute: () => content(name),
    })),
    byType: ["@acme/a-b", "@acme/a/b", "@acme/a-b-json"],
  }, async (lab) => {
    for (const _ of [1, 2]) await lab.run("run");
    const stored = (await lab.data.list(SCOPE)).filter(({ metadata: { tags, contentType } }) =>
      tags.reportName?.startsWith("@acme/") && contentType === "text/markdown"
    );
    const shown = await Promise.all(stored.map(async (one) => [
      one.metadata.tags.reportName,
      new TextDecoder().decode(await lab.data.content(one)),
      one.metadata.version,
    ]));
    assert.deepEqual(shown.sort(), [
      ["@acme/a-b", "@acme/a-b", 2],
      ["@acme/a-b-json", "@acme/a-b-json", 2],
      ["@acme/a/b", "@acme/a/b", 2],
    ]);
  }));

for (
  const [title, execute, error] of [
    ["throws", () => Promise.reject(new Error("no data today")), /^no data today$/],
    ["throws a text", () => Promise.reject("just text"), /^just text$/],
    ["throws at once", () => {
      throw new Error("at once");
    }, /^at once$/],
    ["returns something else", () => Promise.resolve("# Report"), /must return \{ markdown/],
    ["ends the process", () => Deno.exit(3), /^The report called Deno\.exit\(3\)/],
    ["fails behind its own back", () => {
      setTimeout(() => {
        throw new Error("in a timer");
      });
      return new Promise(() => {});
    }, /^in a timer$/],
  ] as const
) {
  Deno.test(`a report that ${title} has failed; the method and other reports have not`, () =>
    withReports({
      installed: [
        { name: "@acme/bad", execute },
        { name: "@acme/good", execute: () => content() },
      ],
      byType: ["@acme/bad", "@acme/good"],
    }, async (lab) => {
      const result = await lab.run("run");
      assert.equal(result.status, "succeeded");
      assert.equal((await lab.lastRecord()).status, "succeeded");
      const { error: told, ...bad } = result.reports!["@acme/bad"]!;
      assert.deepEqual(bad, { name: "@acme/bad", scope: "method", success: false });
      assert.match(told!, error);
      assert.equal(result.reports?.["@acme/good"]?.success, true);
      assert.equal(await lab.text("report-acme-bad"), undefined);
      assert.match(await lab.log(result), /error Report "@acme\/bad" failed: /);
    }));
}

Deno.test("a report that cannot be loaded has failed, with a warning", () =>
  withReports({
    installed: [{ name: "@acme/bad" }, { name: "@acme/good", execute: () => content() }],
    byType: ["@acme/bad", "@acme/good"],
  }, async (lab) => {
    const { reports, warnings } = await lab.run("run");
    const error = "report type '@acme/bad' cannot be loaded";
    assert.deepEqual(reports?.["@acme/bad"], {
      ...{ name: "@acme/bad", scope: "method", success: false, error },
    });
    assert.equal(reports?.["@acme/good"]?.success, true);
    assert.deepEqual(warnings?.map(({ message }) => message), [
      `Report "@acme/bad" cannot be loaded: ${error}`,
    ]);
  }));

Deno.test("a required report that is not installed is a failed report and a warning", () =>
  withReports({
    installed: [{ name: "@acme/cost", execute: () => content() }],
    definition: { reports: { require: ["@acme/cots"] } },
  }, async (lab) => {
    const { reports, warnings } = await lab.run("run");
    const problem = 'Report "@acme/cots" is not installed; did you mean "@acme/cost"?';
    assert.deepEqual(reports?.["@acme/cots"], {
      ...{ name: "@acme/cots", success: false, error: problem },
    });
    assert.deepEqual(warnings, [
      { code: "report_unusable", message: problem, report: "@acme/cots" },
    ]);
  }));

Deno.test("a report of the type that is not installed is a warning and nothing else", () =>
  withReports({ byType: ["@acme/gone"] }, async (lab) => {
    const { reports, warnings } = await lab.run("run");
    assert.deepEqual(Object.keys(reports!), ["@swamp/method-summary"]);
    assert.deepEqual(warnings?.map(({ message }) => message), [
      'Report "@acme/gone" is not installed',
    ]);
  }));

Deno.test("a report whose source is broken is a failed report, whoever asks for it", () =>
  withReports({
    byType: ["@acme/bad"],
    failures: [{
      ...{ source: "extensions/reports/bad.ts", subject: "report", error: "scope: required\nmore" },
      ...{ types: ["@acme/bad"], transient: false },
    }],
  }, async (lab) => {
    const { reports } = await lab.run("run");
    assert.equal(
      reports?.["@acme/bad"]?.error,
      'Report "@acme/bad" cannot be used: extensions/reports/bad.ts: scope: required',
    );
  }));

Deno.test("a required report of a workflow is told not to run here", () =>
  withReports({
    definition: { reports: { require: ["@swamp/workflow-summary"] } },
  }, async (lab) => {
    const { reports, warnings } = await lab.run("run");
    assert.deepEqual(Object.keys(reports!), ["@swamp/method-summary"]);
    assert.match(warnings?.[0]?.message ?? "", /has scope workflow, so it does not run here$/);
  }));

Deno.test("extensions are not looked at unless somebody names a report that is not built in", () =>
  withModel(
    { methods: { run: { description: "", arguments: z.object({}), execute: () => undefined } } },
    async (lab) => {
      const filters = [
        {},
        { skipNames: ["@swamp/method-summary"] },
        { names: ["@Swamp/Method-Summary"], labels: ["summary"] },
        { skipAll: true },
      ];
      for (const filter of filters) {
        const { warnings } = await lab.run("run", { reports: { ...FILTER, ...filter } });
        assert.equal(warnings, undefined);
      }
    },
    {},
    () => assert.fail("the extensions were looked at"),
  ));

Deno.test("types that cannot be opened fail the reports that need them, and only those", () =>
  withModel(
    {
      reports: ["@acme/x"],
      methods: { run: { description: "", arguments: z.object({}), execute: () => undefined } },
    },
    async (lab) => {
      const { reports } = await lab.run("run");
      assert.equal(reports?.["@swamp/method-summary"]?.success, true);
      assert.match(reports?.["@acme/x"]?.error ?? "", /cannot be looked up: catalog is locked$/);
    },
    {},
    () => Promise.reject(new Error("catalog is locked")),
  ));

Deno.test("flags know the names and labels of installed reports", () =>
  withReports({
    installed: [{ name: "@acme/cost", labels: ["money"], execute: () => content() }],
    byType: ["@acme/cost"],
  }, async (lab) => {
    const run = (filter: object) => lab.run("run", { reports: { ...FILTER, ...filter } });
    const names = async (filter: object) => Object.keys((await run(filter)).reports ?? {});
    assert.deepEqual(await names({ labels: ["money"] }), ["@acme/cost"]);
    assert.deepEqual(await names({ skipLabels: ["money"] }), ["@swamp/method-summary"]);
    assert.deepEqual(await names({ names: ["@acme/cost"] }), ["@acme/cost"]);
    assert.deepEqual(await names({ skipNames: ["@acme/cost", "@swamp/method-summary"] }), []);
  }));

Deno.test("flags that name nothing are refused before anything happens", () =>
  withReports({
    installed: [{ name: "@acme/cost", labels: ["money"], execute: () => content() }],
  }, async (lab) => {
    const fail = (filter: object) => lab.fail("run", { reports: { ...FILTER, ...filter } });
    const report = await fail({ names: ["@acme/cots"] });
    assert.equal(report.code, "unknown_report");
    assert.equal(
      report.message,
      'Unknown report "@acme/cots". Did you mean "@acme/cost"? Available reports: ' +
        "@swamp/method-summary, @swamp/workflow-summary, @acme/cost",
    );
    const label = await fail({ skipLabels: ["mony"] });
    assert.equal(label.code, "unknown_report_label");
    assert.match(label.message, /^Unknown report label "mony"\. Did you mean "money"\?/);
    assert.equal(await lab.lastRecord(), undefined);
  }));

Deno.test("--report for an installed report that the model does not have says that it is a filter", () =>
  withReports({
    installed: [{ name: "@acme/cost", execute: () => assert.fail("called") }],
  }, async (lab) => {
    const { reports, warnings } = await lab.run("run", {
      reports: { ...FILTER, names: ["@acme/cost"] },
    });
    assert.deepEqual(reports, {});
    assert.match(warnings?.[0]?.message ?? "", /^--report @acme\/cost selects nothing: /);
  }));

Deno.test("cancelling ends a report, and the reports behind it do not begin", () => {
  const controller = new AbortController();
  return withReports({
    installed: [
      {
        name: "@acme/waits",
        execute: ({ signal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", resolve);
            controller.abort();
          }),
      },
      { name: "@acme/next", execute: () => assert.fail("called") },
    ],
    byType: ["@acme/waits", "@acme/next"],
  }, async (lab) => {
    const { status, reports } = await lab.run("run", {}, controller.signal);
    assert.equal(status, "succeeded");
    assert.deepEqual(Object.keys(reports!), ["@swamp/method-summary", "@acme/waits"]);
    assert.equal(reports?.["@acme/waits"]?.error, "cancelled");
  });
});

Deno.test("a report may write data while it runs, and not afterwards", () => {
  let late: (() => Promise<unknown>) | undefined;
  return withReports({
    installed: [{
      name: "@acme/writes",
      execute: async ({ dataRepository, modelType, modelId }) => {
        const save = (name: string) =>
          dataRepository.save(modelType, modelId, { name }, new TextEncoder().encode("kept"));
        await save("note");
        late = () => save("late");
        return content();
      },
    }],
    byType: ["@acme/writes"],
  }, async (lab) => {
    await lab.run("run");
    assert.equal(await lab.text("note"), "kept");
    await assert.rejects(late!, { message: "The report has ended; it cannot write data any more" });
  });
});

Deno.test("secrets of the run do not get into reports, their errors or what they log", () =>
  withReports({
    installed: [
      {
        name: "@acme/a",
        execute: ({ dataRepository: _, logger }) => {
          logger.warning("saw s3cret-1");
          return { markdown: "s3cret-1", json: { "s3cret-1": ["s3cret-1"] } };
        },
      },
      { name: "@acme/b", execute: () => Promise.reject(new Error("failed with s3cret-1")) },
    ],
    byType: ["@acme/a", "@acme/b"],
    execute: (_args, { redactor }) => void redactor.addSecret("s3cret-1"),
  }, async (lab) => {
    const result = await lab.run("run");
    assert.deepEqual(result.reports?.["@acme/a"]?.json, { "***": ["***"] });
    assert.equal(result.reports?.["@acme/b"]?.error, "failed with ***");
    const log = await lab.log(result);
    assert.doesNotMatch(JSON.stringify([result, lab.shown, log]), /s3cret/);
    assert.equal(await lab.text("report-acme-a"), "***");
  }));
