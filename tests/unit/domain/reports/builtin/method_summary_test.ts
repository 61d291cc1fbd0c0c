import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { methodSummary } from "../../../../../src/domain/reports/builtin/method_summary.ts";
import { handle, methodContext } from "./report_contexts.ts";

Deno.test("a run that succeeded is told with its arguments and data", () => {
  const { markdown, json } = methodSummary(methodContext({
    globalArgs: { region: "eu" },
    methodArgs: { n: "5" },
    dataHandles: [handle("a", "resource", "st"), handle("l1", "file", "log"), {
      ...handle("l 2", "file", "log"),
      version: 7,
    }],
  }));
  equal(
    markdown,
    `# r1 (@acme/rm) → run: succeeded

run on r1 (@acme/rm) succeeded, producing 1 resource (st), 2 files (log).

## Arguments

**Global Arguments**

\`\`\`json
{
  "region": "eu"
}
\`\`\`

**Method Arguments**

\`\`\`json
{
  "n": "5"
}
\`\`\`

## Data Output

| Name | Kind | Retrieval Command |
| --- | --- | --- |
| a | resource | \`swamp data get r1 a --version 2\` |
| l1 | file | \`swamp data get r1 l1 --version 2\` |
| l 2 | file | \`swamp data get r1 'l 2' --version 7\` |
`,
  );
  const { dataProduced, ...rest } = json;
  deepEqual(rest, {
    ...{ status: "succeeded", modelId: "m-1", modelName: "r1", modelType: "@acme/rm" },
    methodName: "run",
    narrative: "run on r1 (@acme/rm) succeeded, producing 1 resource (st), 2 files (log).",
    ...{ globalArgs: { region: "eu" }, methodArgs: { n: "5" }, outputSpecs: [] },
  });
  deepEqual((dataProduced as unknown[])[0], {
    ...{ name: "a", kind: "resource", specName: "st", version: 2 },
    retrievalCommand: "swamp data get r1 a --version 2",
  });
});

Deno.test("a run that wrote nothing and was given nothing says so", () => {
  const { markdown } = methodSummary(methodContext());
  match(markdown, /\n\nrun on r1 \(@acme\/rm\) succeeded with no data output\.\n\n/);
  match(markdown, /\n## Arguments\n\nNo arguments\.\n\n## Data Output\n\nNo data\.\n$/);
});

Deno.test("a failure is told, whatever its text", () => {
  const { markdown, json } = methodSummary(methodContext({
    executionStatus: "failed",
    errorMessage: "bad\n```\nworse",
  }));
  match(markdown, /^# r1 \(@acme\/rm\) → run: failed\n\nrun on r1 \(@acme\/rm\) failed: bad\n/);
  match(markdown, /\n## Error\n\n````\nbad\n```\nworse\n````\n/);
  deepEqual([json.status, json.error], ["failed", "bad\n```\nworse"]);
});

Deno.test("sensitive arguments are asked to be masked, each by its kind", () => {
  const { markdown, json } = methodSummary(methodContext({
    globalArgs: { a: "secret-1" },
    methodArgs: { b: "secret-2" },
    redactSensitiveArgs: (<T>(_args: T, kind: string) => ({ kind })) as <T>(args: T) => T,
  }));
  deepEqual([json.globalArgs, json.methodArgs], [{ kind: "global" }, { kind: "method" }]);
  ok(!markdown.includes("secret"));
});

Deno.test("the build of swamp is named where it is known", () => {
  const { markdown, json } = methodSummary(methodContext({ swampSha: "abc1234" }));
  match(markdown, /^# r1 \(@acme\/rm\) → run: succeeded \| git sha: abc1234\n/);
  equal(json.swampSha, "abc1234");
});

Deno.test("no data name breaks the table", () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), (name) => {
    const { markdown } = methodSummary(
      methodContext({ dataHandles: [handle(name, "file", "log")] }),
    );
    const rows = markdown.trimEnd().split("\n").filter((line) => line.startsWith("| "));
    equal(rows.length, 3);
    equal(rows[2]!.replaceAll("\\|", "").split("|").length, 5);
  }));
});
