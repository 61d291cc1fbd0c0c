import { deepEqual, equal, match } from "node:assert/strict";
import { z } from "zod";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import type { Definition } from "../../../src/domain/models/definition.ts";
import { type Lab, withModel } from "./method_runs.ts";

type Execute = (args: Record<string, unknown>, context: MethodContext) => unknown;

/** Runs `test` with a model that has these methods; all of them take anything. */
function withMethods(
  methods: Readonly<Record<string, Execute>>,
  test: (lab: Lab) => Promise<void>,
  more: Partial<Definition> = {},
): Promise<void> {
  const entries = Object.entries(methods).map(([name, execute]) => [
    name,
    { description: "", arguments: z.looseObject({}), execute },
  ]);
  return withModel(
    {
      resources: {
        state: { schema: z.looseObject({}), lifetime: "7d", garbageCollection: 20 },
      },
      methods: Object.fromEntries(entries),
    },
    test,
    more,
  );
}

/** A method that writes a resource with its own name and wants `followUpActions`. */
const writing =
  (name: string, ...followUpActions: unknown[]): Execute => async (args, context) => ({
    dataHandles: [await context.writeResource("state", name, args)],
    followUpActions,
  });

Deno.test("a follow-up runs with its own stored arguments, and its data belongs to the run", () =>
  withMethods(
    {
      first: writing("first", { methodName: "second" }),
      second: writing("second", { methodName: "third" }),
      third: writing("third"),
    },
    async (lab) => {
      const { dataArtifacts, methodName, status } = await lab.run("first", { inputs: { a: 1 } });
      deepEqual([methodName, status], ["first", "succeeded"]);
      deepEqual(dataArtifacts.map(({ name }) => name), ["first", "second", "third"]);
      deepEqual(await lab.json("first"), { a: 1 });
      deepEqual(await lab.json("second"), { b: "t1" });
      const { artifacts } = await lab.lastRecord();
      deepEqual(artifacts.dataArtifacts.map(({ name }) => name), ["first", "second", "third"]);
    },
    { methods: { second: { arguments: { b: "${{ self.name }}" } } } },
  ));

Deno.test("a follow-up of kind delete marks what is deleted", () =>
  withMethods(
    { replace: writing("old", { methodName: "remove" }), remove: () => undefined },
    async (lab) => {
      await lab.run("replace");
      equal((await lab.json("old")).deletedByMethod, "remove");
    },
  ));

Deno.test("a condition decides by what was written: a function, a CEL expression", async () => {
  for (
    const continueCondition of [
      ({ resources }: { resources: Record<string, { n?: number }> }) => resources.poll!.n! < 3,
      "resources.poll.n < 3",
      "${{ resources['poll'].n < 3 }}",
    ]
  ) {
    let n = 0;
    const poll: Execute = async (_args, context) => ({
      dataHandles: [await context.writeResource("state", "poll", { n: ++n })],
      followUpActions: [{ methodName: "poll", continueCondition }],
    });
    await withMethods({ poll }, async (lab) => {
      const { dataArtifacts } = await lab.run("poll");
      deepEqual(dataArtifacts.map(({ version }) => version), [1, 2, 3]);
    });
  }
});

Deno.test("a follow-up that fails is tried again as often as it may be", () => {
  let attempts = 0;
  return withMethods({
    start: writing("start", { methodName: "flaky", maxRetries: 2 }),
    flaky: async (_args, context) => {
      await context.writeResource("state", "flaky", { attempt: ++attempts });
      if (attempts < 3) throw new Error(`attempt ${attempts}`);
      return {};
    },
  }, async (lab) => {
    const { dataArtifacts } = await lab.run("start");
    deepEqual(dataArtifacts.map(({ name, version }) => `${name} ${version}`), [
      ...["start 1", "flaky 1", "flaky 2", "flaky 3"],
    ]);
    equal((await lab.lastRecord()).retryCount, 2);
  });
});

Deno.test("a follow-up that never succeeds fails the run with its reason", () =>
  withMethods(
    {
      start: writing("start", { methodName: "broken", maxRetries: 1 }),
      broken: () => Promise.reject(new Error("kaput")),
    },
    async (lab) => {
      const { code, message, fields } = await lab.fail("start");
      equal(message, "Follow-up action 'broken' failed after 1 retries: kaput");
      equal(code, "follow_up_failed");
      deepEqual((fields.dataArtifacts as { name: string }[]).map(({ name }) => name), ["start"]);
      const { retryCount, status } = await lab.lastRecord();
      deepEqual([status, retryCount], ["failed", 1]);
    },
  ));

Deno.test("a follow-up waits before it runs, until the run is cancelled", () => {
  const controller = new AbortController();
  return withMethods(
    {
      start: writing("start", { methodName: "later", delayMs: 600_000 }),
      later: () => undefined,
    },
    async (lab) => {
      const failing = lab.fail("start", {}, controller.signal);
      while (await lab.text("start") === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      controller.abort();
      equal((await failing).message, "cancelled");
    },
  );
});

for (
  const [what, action, text] of [
    ["a method that is not there", { methodName: "nope" }, /^Follow-up method 'nope' not found$/],
    ["no method", {}, /^followUpActions\[0\] of method "start": methodName must be a string$/],
    ["a text", "nope", /expected a map$/],
    ["a delay that is none", { methodName: "start", delayMs: -1 }, /delayMs must be a number/],
    ["half a retry", { methodName: "start", maxRetries: 0.5 }, /maxRetries must be an integer/],
    [
      "a condition that is no CEL",
      { methodName: "start", continueCondition: "1 +" },
      /^continueCondition of follow-up 'start': /,
    ],
    [
      "a condition that is neither true nor false",
      { methodName: "start", continueCondition: "1 + 1" },
      /"1 \+ 1" is neither true nor false$/,
    ],
  ] as const
) {
  Deno.test(`asking for ${what} fails the run`, () =>
    withMethods(
      { start: writing("start", action) },
      async (lab) => match((await lab.fail("start")).message, text),
    ));
}

Deno.test("follow-ups that ask for each other for ever are stopped after a hundred", () => {
  let runs = 0;
  return withMethods({
    again: () => {
      runs++;
      return Promise.resolve({ followUpActions: [{ methodName: "again" }] });
    },
  }, async (lab) => {
    equal((await lab.fail("again")).code, "too_many_follow_ups");
    equal(runs, 101);
  });
});
