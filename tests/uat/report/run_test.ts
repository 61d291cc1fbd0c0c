import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { start, until } from "../background_run.ts";
import { runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { reportSource, repositoryWith } from "./reports.ts";

const SUMMARY = "@swamp/method-summary";

Deno.test("reports of extensions run the first time and every time after (B5)", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/of-type"],
    required: ["@acme/required"],
    reports: { "@acme/of-type": { scope: "model" }, "@acme/required": {}, "@acme/nobodys": {} },
  });
  for (let turn = 1; turn <= 3; turn++) {
    const { reports } = await runMethod(repository, "t1", "sync");
    deepEqual(Object.keys(reports), [SUMMARY, "@acme/required", "@acme/of-type"]);
    deepEqual(reports["@acme/of-type"], {
      ...{ name: "@acme/of-type", scope: "model", success: true },
      ...{ markdown: "# Fine\n", json: { fine: true } },
    });
  }
});

Deno.test("an edited report runs as it is now", async () => {
  using repository = await repositoryWith({ byType: ["@acme/x"], reports: { "@acme/x": {} } });
  await runMethod(repository, "t1", "sync");
  const body = 'return { markdown: "new", json: {} };';
  repository.write("extensions/reports/x.ts", reportSource("@acme/x", { body }));
  const { reports } = await runMethod(repository, "t1", "sync");
  equal(reports["@acme/x"].markdown, "new");
});

Deno.test("a report may import zod and read what the method wrote", async () => {
  using repository = await repositoryWith({ byType: ["@acme/x"] });
  repository.write(
    "extensions/reports/x.ts",
    `import { z } from "npm:zod@4.3.6";\n` + reportSource("@acme/x", {
      body: `const { dataRepository, modelType, modelId, dataHandles: [handle] } = context;
        const bytes = await dataRepository.getContent(modelType, modelId, handle.name);
        const { n } = z.object({ n: z.number() }).parse(JSON.parse(new TextDecoder().decode(bytes)));
        return { markdown: "n is " + n, json: { n } };`,
    }),
  );
  const { reports } = await runMethod(repository, "t1", "sync", { n: 7 });
  equal(reports["@acme/x"].markdown, "n is 7");
});

Deno.test("after a failed method reports of scope method run, and are part of the failure", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/of-method", "@acme/of-model"],
    reports: {
      "@acme/of-method": {
        body: "return { markdown: context.errorMessage, json: { is: context.executionStatus } };",
      },
      "@acme/of-model": { scope: "model" },
    },
  });
  const { reports, error } = await fails(repository, runArgs("t1", "fail"));
  equal(error, "boom happened");
  deepEqual(Object.keys(reports), [SUMMARY, "@acme/of-method"]);
  deepEqual(reports["@acme/of-method"].json, { is: "failed" });
});

Deno.test("people read reports of extensions after the log, and before the failure", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/x"],
    reports: { "@acme/x": { body: 'return { markdown: "# Cost\\n\\nCheap.", json: {} };' } },
  });
  const good = await repository.run(runArgs("t1", "sync"));
  match(good.stdout, /INF \S+ Running report: "@acme\/x"\n/);
  match(good.stdout, /─+\n {2}@acme\/x {2}\| {2}Scope: method\n─+\n\n# Cost\n\nCheap\.\n\n✓ sync/);
  const bad = await repository.run(runArgs("t1", "fail"));
  match(bad.stdout, /# Cost\n\nCheap\.\n/);
  equal(bad.stderr, "error: boom happened\n");
  doesNotMatch(good.stdout + bad.stdout, /method-summary/);
});

Deno.test("in JSON mode what a report prints goes to stderr", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/x"],
    reports: {
      "@acme/x": {
        body: `console.log("said aloud"); Deno.stdout.writeSync(new TextEncoder().encode("raw\\n"));
          (await import("node:process")).stdout.write("from node\\n");
          return { markdown: "", json: {} };`,
      },
    },
  });
  const { json, stderr, code } = await repository.run([...runArgs("t1", "sync"), "--json"]);
  deepEqual([code, json.status], [0, "succeeded"]);
  equal(stderr, "said aloud\nraw\nfrom node\n");
});

for (
  const [title, body, error] of [
    ["throws", 'throw new Error("no luck");', /^no luck$/],
    ["calls Deno.exit", "Deno.exit(7);", /^The report called Deno\.exit\(7\)/],
    ["returns text", 'return "# Report";', /^A report must return \{ markdown: string, json/],
    [
      "fails in a timer",
      'setTimeout(() => { throw new Error("late"); }); await new Promise(() => setTimeout(() => {}, 9e6));',
      /^late$/,
    ],
  ] as const
) {
  Deno.test(`a report that ${title} does not make the run fail`, async () => {
    using repository = await repositoryWith({
      byType: ["@acme/bad", "@acme/good"],
      reports: { "@acme/bad": { body }, "@acme/good": {} },
    });
    const { status, reports } = await runMethod(repository, "t1", "sync");
    equal(status, "succeeded");
    equal(reports["@acme/bad"].success, false);
    match(reports["@acme/bad"].error, error);
    equal(reports["@acme/good"].success, true);
    const run = await repository.run(runArgs("t1", "sync"));
    equal(run.code, 0);
    match(run.stderr, /ERR \S+ Report "@acme\/bad" failed: /);
    match(run.stdout, /\nFailed reports: @acme\/bad\n/);
  });
}

Deno.test("a required report that is not installed is a failed report, with a warning", async () => {
  using repository = await repositoryWith({
    required: [{ name: "@acme/none", methods: ["sync"] }],
  });
  const { reports, warnings, status } = await runMethod(repository, "t1", "sync");
  const error = 'Report "@acme/none" is not installed';
  equal(status, "succeeded");
  deepEqual(reports["@acme/none"], { name: "@acme/none", success: false, error });
  deepEqual(warnings, [{ code: "report_unusable", message: error, report: "@acme/none" }]);
  const failed = await fails(repository, runArgs("t1", "fail"));
  deepEqual(Object.keys(failed.reports), [SUMMARY], "not required for this method");
});

Deno.test("a report of the type that is not installed is only a warning", async () => {
  using repository = await repositoryWith({ byType: ["@acme/none"] });
  const { reports, warnings } = await runMethod(repository, "t1", "sync");
  deepEqual(Object.keys(reports), [SUMMARY]);
  match(warnings[0].message, /"@acme\/none" is not installed/);
});

for (
  const [title, source] of [
    ["whose shape is wrong", 'export const report = { name: "@acme/bad", scope: "no" };'],
    ["that throws when it is loaded", `${reportSource("@acme/bad")}\nthrow new Error("at load");`],
  ] as const
) {
  Deno.test(`a required report ${title} is a failed report, and stays one`, async () => {
    using repository = await repositoryWith({ required: ["@acme/bad"] });
    repository.write("extensions/reports/bad.ts", source);
    for (let turn = 1; turn <= 2; turn++) {
      const { json, code } = await repository.run([...runArgs("t1", "sync"), "--json"]);
      equal(code, 0);
      equal(json.reports["@acme/bad"].success, false);
      ok(json.warnings.some(({ report }: { report: string }) => report === "@acme/bad"));
    }
  });
}

Deno.test("flags choose among installed reports by name and label", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/cost", "@acme/risk"],
    reports: { "@acme/cost": { labels: ["money"] }, "@acme/risk": { labels: ["audit"] } },
  });
  const names = async (...flags: string[]) =>
    Object.keys((await runMethod(repository, "t1", "sync", {}, flags)).reports);
  deepEqual(await names("--report", "@acme/cost"), ["@acme/cost"]);
  deepEqual(await names("--skip-report", "@acme/cost"), [SUMMARY, "@acme/risk"]);
  deepEqual(await names("--report-label", "money", "--report-label", "audit"), [
    ...["@acme/cost", "@acme/risk"],
  ]);
  deepEqual(await names("--skip-report-label", "summary"), ["@acme/cost", "@acme/risk"]);
  const wrong = [...runArgs("t1", "sync"), "--report-label", "mony"];
  match(
    (await fails(repository, wrong)).error,
    /^Unknown report label "mony"\. Did you mean "money"\?/,
  );
});

Deno.test("flags do not reach what the definition requires; --skip-reports does", async () => {
  using repository = await repositoryWith({
    required: ["@acme/cost"],
    reports: { "@acme/cost": { labels: ["money"] } },
  });
  const flags = [
    "--skip-report",
    "@acme/cost",
    "--skip-report-label",
    "money",
    "--report",
    SUMMARY,
  ];
  const { reports } = await runMethod(repository, "t1", "sync", {}, flags);
  deepEqual(Object.keys(reports), [SUMMARY, "@acme/cost"]);
  const none = await runMethod(repository, "t1", "sync", {}, ["--skip-reports"]);
  equal("reports" in none, false);
});

Deno.test("sensitive arguments do not get out through a report that shows everything", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/leak"],
    reports: {
      "@acme/leak": {
        body: "context.logger.info(context.methodArgs.key);" +
          "return { markdown: context.methodArgs.key, json: context.methodArgs };",
      },
    },
  });
  const args = runArgs("t1", "sync", { key: "hunter2-key" });
  const { stdout, stderr } = await repository.run([...args, "--log-level", "trace"]);
  doesNotMatch(stdout + stderr, /hunter2/);
  const { markdown, json } = await succeeds(repository, ["report", "get", "@acme/leak"]);
  deepEqual([markdown, json], ["***", { key: "***" }]);
});

Deno.test("secrets of vaults reach reports as expressions only", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/x"],
    reports: {
      "@acme/x": { body: 'return { markdown: "", json: { n: context.methodArgs.key } };' },
    },
  });
  await succeeds(repository, ["vault", "create", "local_encryption", "v1"]);
  await succeeds(repository, ["vault", "put", "v1", "k", "s3cret-value"]);
  const inputs = { key: "${{ vault.get('v1', 'k') }}" };
  const { reports } = await runMethod(repository, "t1", "sync", inputs);
  deepEqual(reports["@acme/x"].json, { n: inputs.key });
  equal(reports[SUMMARY].json.methodArgs.key, "***");
});

Deno.test("Ctrl-C ends a report that hangs; the method has succeeded all the same", async () => {
  using repository = await repositoryWith({
    byType: ["@acme/hangs"],
    reports: {
      "@acme/hangs": {
        body: 'console.error("report begins"); await new Promise(() => setTimeout(() => {}, 9e6));',
      },
    },
  });
  const run = start(repository, [...runArgs("t1", "sync"), "--json"]);
  await until("the report has begun", () => run.errorsSoFar().includes("report begins"));
  run.signal("SIGINT");
  const { code, stdout } = await run.end;
  equal(code, 130);
  const { status, reports } = JSON.parse(stdout);
  equal(status, "succeeded");
  equal(reports["@acme/hangs"].error, "cancelled");
  const output = await succeeds(repository, ["model", "output", "get", "t1"]);
  equal(output.status, "succeeded");
  await runMethod(repository, "t1", "sync", {}, ["--skip-reports"]);
});
