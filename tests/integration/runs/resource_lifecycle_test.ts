import assert from "node:assert/strict";
import { z } from "zod";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import { type Lab, MODEL_ID, withModel } from "./method_runs.ts";

type Execute = (args: Record<string, unknown>, context: MethodContext) => unknown;

const method = (execute: Execute, more: Record<string, unknown> = {}) => ({
  description: "",
  arguments: z.object({ n: z.number().optional() }),
  execute,
  ...more,
});

const schema = z.object({}).loose();
const TYPE = {
  resources: { state: { schema, lifetime: "infinite", garbageCollection: 10 } },
  files: { log: { contentType: "text/plain", lifetime: "1d", garbageCollection: 1 } },
  methods: {
    create: method(async (_args, context) => {
      await context.writeResource("state", "a", { id: 1 });
      await context.writeResource("state", "b", { id: 2 });
      await context.createFileWriter("log", "log").writeText("created");
    }),
    get: method((_args, context) => context.readResource("a")),
    update: method(async (_args, context) => {
      await context.writeResource("state", "a", { id: 3 });
    }),
    list: method(() => ({})),
    sync: method(() => ({})),
    delete: method(() => undefined),
    destroy: method(async (_args, context) => {
      await context.writeResource("state", "a", { id: 1, status: "rewritten" });
    }),
    remove: method(async (_args, context) => {
      await context.writeResource("state", "a", { id: 1, deletedAt: "2026-01-01T00:00:00.000Z" });
    }),
  },
};

const scope = { type: "@acme/thing", modelId: MODEL_ID };

async function lifecycles(lab: Lab): Promise<Record<string, string>> {
  const listed = await lab.data.list(scope);
  return Object.fromEntries(
    listed.filter(({ metadata }) => metadata.tags.type !== "report")
      .map(({ metadata }) => [metadata.name, metadata.lifecycle ?? "active"]),
  );
}

Deno.test("deleting marks every resource, with its last content and its id, and no file", () =>
  withModel(TYPE, async (lab) => {
    await lab.run("create");
    const before = await lab.data.get(scope, "a");
    const { dataArtifacts } = await lab.run("delete");
    assert.deepEqual(dataArtifacts.map(({ name, version }) => [name, version]), [["a", 2], [
      "b",
      2,
    ]]);
    assert.deepEqual(await lifecycles(lab), { a: "deleted", b: "deleted", log: "active" });
    const { id, deletedByMethod, deletedAt } = await lab.json("a");
    assert.deepEqual([id, deletedByMethod], [1, "delete"]);
    assert.match(String(deletedAt), /^\d{4}-.*Z$/);
    assert.equal((await lab.data.get(scope, "a"))?.metadata.id, before?.metadata.id);
  }));

Deno.test("deleting again marks nothing", () =>
  withModel(TYPE, async (lab) => {
    await lab.run("create");
    await lab.run("delete");
    assert.deepEqual((await lab.run("delete")).dataArtifacts, []);
  }));

Deno.test("reading and updating fail once everything is deleted, other methods do not", () =>
  withModel(TYPE, async (lab) => {
    await lab.run("create");
    await lab.run("delete");
    const { deletedAt } = await lab.json("a");
    for (const name of ["get", "update"]) {
      assert.equal(
        (await lab.fail(name)).message,
        `Resource 'a' was deleted at ${deletedAt} — run a 'create' method to re-create it first`,
      );
    }
    await lab.run("list");
    await lab.run("sync");
  }));

Deno.test("reading works while one resource lives, and before there are any", () =>
  withModel(TYPE, async (lab) => {
    await lab.run("get");
    await lab.run("create");
    await lab.run("delete");
    await lab.run("create");
    assert.deepEqual(await lifecycles(lab), { a: "active", b: "active", log: "active" });
    await lab.run("get");
  }));

Deno.test("what a deleting method wrote itself gets no marker", () =>
  withModel(TYPE, async (lab) => {
    await lab.run("create");
    const { dataArtifacts } = await lab.run("destroy");
    assert.deepEqual(await lifecycles(lab), { a: "active", b: "deleted", log: "active" });
    assert.deepEqual(dataArtifacts.map(({ name, version }) => [name, version]), [["a", 2], [
      "b",
      2,
    ]]);
  }));

Deno.test("a deleting method's own last word with deletedAt is the marker", () =>
  withModel(TYPE, async (lab) => {
    await lab.run("create");
    await lab.run("remove");
    assert.deepEqual(await lifecycles(lab), { a: "deleted", b: "deleted", log: "active" });
    assert.match((await lab.fail("update")).message, /^Resource 'a' was deleted at 2026-01-01T00/);
  }));

const CHECKED = {
  ...TYPE,
  checks: {
    ok: { description: "", execute: () => Promise.resolve({ pass: true }) },
    env: {
      description: "",
      labels: ["live"],
      appliesTo: ["create"],
      execute: () => Promise.resolve({ pass: false, errors: ["env is prod"] }),
    },
    mute: { description: "", labels: ["odd"], execute: () => Promise.resolve({ pass: false }) },
    invalid: { description: "", labels: ["odd"], execute: () => Promise.resolve(7) },
    thrower: {
      description: "",
      labels: ["odd"],
      execute: () => Promise.reject(new Error("no network")),
    },
  },
};

const checks = (
  filter: Partial<{ skipAll: boolean; skipNames: string[]; skipLabels: string[] }>,
) => ({
  checks: { skipAll: false, skipNames: [], skipLabels: [], ...filter },
});

Deno.test("all failed checks are listed with their reasons, and the method is not called", () =>
  withModel(CHECKED, async (lab) => {
    assert.equal(
      (await lab.fail("create")).message,
      [
        'Pre-flight checks failed for "t1" → create:',
        "  env:",
        "    - env is prod",
        "  mute:",
        "    - Check failed",
        "  invalid:",
        "    - Check returned invalid result (expected { pass: boolean })",
        "  thrower:",
        "    - no network",
      ].join("\n"),
    );
    assert.deepEqual(await lifecycles(lab), {});
  }));

Deno.test("checks can be left out by name, by label and all together", () =>
  withModel(CHECKED, async (lab) => {
    const { message } = await lab.fail("create", checks({ skipLabels: ["odd"] }));
    assert.match(message, /create:\n {2}env:\n {4}- env is prod$/);
    await lab.run("create", checks({ skipLabels: ["odd"], skipNames: ["env"] }));
    await lab.run("create", checks({ skipAll: true }));
  }));

Deno.test("checks do not apply to methods that only read, nor to methods they do not name", () =>
  withModel(CHECKED, async (lab) => {
    await lab.run("list");
    assert.doesNotMatch((await lab.fail("sync")).message, /env/);
  }));

Deno.test("required checks cannot be left out by flags; skipped ones never run", () =>
  withModel(CHECKED, async (lab) => {
    const { message } = await lab.fail("create", checks({ skipAll: true }));
    assert.match(message, /create:\n {2}mute:\n {4}- Check failed$/);
  }, { checks: { require: ["mute", "env"], skip: ["env"] } }));

Deno.test("checks and labels in flags must exist", () =>
  withModel(CHECKED, async (lab) => {
    assert.equal(
      (await lab.fail("create", checks({ skipNames: ["mut"] }))).message,
      'Unknown check "mut" for type "@acme/thing". Did you mean "mute"? ' +
        "Available checks: ok, env, mute, invalid, thrower",
    );
    assert.equal(
      (await lab.fail("create", checks({ skipLabels: ["nothing"] }))).message,
      'No check of type "@acme/thing" has the label "nothing". Available labels: live, odd',
    );
  }));

Deno.test("bad arguments are told before checks run", () =>
  withModel(CHECKED, async (lab) => {
    const { code } = await lab.fail("create", { inputs: { n: "x" } });
    assert.equal(code, "invalid_method_arguments");
  }));

Deno.test("a check sees what a method sees, but cannot write", () => {
  let keys: string[] = [];
  const see = {
    description: "",
    execute: (context: Partial<MethodContext>) => {
      keys = Object.keys(context);
      return Promise.resolve({ pass: context.globalArgs?.region === "eu" });
    },
  };
  return withModel({ ...TYPE, checks: { see } }, async (lab) => {
    await lab.run("create");
    for (const key of ["dataRepository", "definitionRepository", "logger", "modelType"]) {
      assert.ok(keys.includes(key), key);
    }
    for (const key of ["writeResource", "createFileWriter", "readResource"]) {
      assert.ok(!keys.includes(key), key);
    }
  }, { globalArguments: { region: "eu" } });
});
