/**
 * Schemas beyond maps of texts and numbers: whatever zod offers to authors must be shown, converted and
 * stored (contract: authoring 1.1, 5.3).
 *
 * @module
 */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { method, sourceOf } from "../model_source.ts";
import { createModel, dataContent, runMethod } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

const KEEP = 'await context.writeResource("state", "seen", { args, globals: context.globalArgs });';

const repository = await Repository.create();
repository.write(
  "extensions/models/odd.ts",
  sourceOf("@acme/odd", {
    preamble:
      `const Tree = z.lazy(() => z.object({ v: z.number(), kids: z.array(Tree).optional() }));
const circle = z.object({ kind: z.literal("circle"), r: z.number() });
const label = z.object({ kind: z.literal("label"), text: z.string() });`,
    globalArguments: `z.object({
      loud: z.string().transform((text) => text + "!").optional(),
      upper: z.string().toUpperCase().optional(),
      day: z.coerce.date().optional(),
      tree: Tree.optional(),
    })`,
    methods: `{
      ${method("union", KEEP, "z.union([circle, label])")}
      ${method("chosen", KEEP, 'z.discriminatedUnion("kind", [circle, label])')}
      ${
      method(
        "both",
        KEEP,
        "z.intersection(z.object({ n: z.number() }), z.object({ b: z.boolean() }))",
      )
    }
      ${method("numbers", KEEP, "z.record(z.string(), z.number())")}
      ${method("anything", KEEP, "z.any()")}
      ${
      method(
        "lists",
        KEEP,
        "z.object({ pair: z.tuple([z.string(), z.number()]), either: z.array(z.string().nullable()).optional() })",
      )
    }
    }`,
  }),
);
await createModel(repository, "@acme/odd", "o");
Deno.test.afterAll(() => repository[Symbol.dispose]());

Deno.test("every schema can be shown to people", async () => {
  const { code, stdout, stderr } = await repository.run(["model", "type", "describe", "@acme/odd"]);
  equal(code, 0, stderr);
  const one = '      kind ("circle") *required\n      r (number) *required\n';
  const other = '      kind ("label") *required\n      text (string) *required\n';
  ok(stdout.includes(`  union - Does union\n    Arguments:\n${one}      or\n${other}`), stdout);
  ok(stdout.includes("  numbers - Does numbers\n    Arguments:\n      <name> (number)\n"), stdout);
  match(
    stdout,
    / {6}pair \(\[string, number\]\) \*required\n {6}either \(\(string \| null\)\[\]\)\n/,
  );
});

/** Method → values of the command line → the arguments that it gets. */
const RUNS: readonly (readonly [string, readonly string[], unknown])[] = [
  ["union", ["kind=circle", "r=3"], { kind: "circle", r: 3 }],
  ["union", ["kind=label", "text=3"], { kind: "label", text: "3" }],
  ["chosen", ["kind=circle", "r=3"], { kind: "circle", r: 3 }],
  ["both", ["n=1", "b=true"], { n: 1, b: true }],
  ["numbers", ["a=1", "b=2"], { a: 1, b: 2 }],
  ["anything", ["a=1"], { a: "1" }],
  ["lists", ['pair=["a",1]', 'either=["a",null]'], { pair: ["a", 1], either: ["a", null] }],
];

for (const [name, values, args] of RUNS) {
  Deno.test(`${values.join(" ")} arrive at ${name} as ${JSON.stringify(args)}`, async () => {
    const inputs = values.flatMap((value) => ["--input", value]);
    await succeeds(repository, ["model", "method", "run", "o", name, ...inputs]);
    deepEqual((await dataContent(repository, "o", "seen")).args, args);
  });
}

Deno.test("global arguments are stored so that a run reads what was meant", async () => {
  await createModel(repository, "@acme/odd", "stored", {
    loud: "hey",
    upper: "abc",
    day: "2026-01-02",
    tree: '{"v":1,"kids":[{"v":2}]}',
  });
  const { globalArguments } = await succeeds(repository, ["model", "get", "stored"]);
  deepEqual(globalArguments, {
    loud: "hey",
    upper: "abc",
    day: "2026-01-02",
    tree: { v: 1, kids: [{ v: 2 }] },
  });
  await runMethod(repository, "stored", "anything");
  deepEqual((await dataContent(repository, "stored", "seen")).globals, {
    loud: "hey!",
    upper: "ABC",
    day: "2026-01-02T00:00:00.000Z",
    tree: { v: 1, kids: [{ v: 2 }] },
  });
});

Deno.test("dates alone are stored as texts", async () => {
  await createModel(repository, "@acme/odd", "dated", { day: "2026-01-02" });
  const { globalArguments } = await succeeds(repository, ["model", "get", "dated"]);
  deepEqual(globalArguments, { day: "2026-01-02T00:00:00.000Z" });
});
