import { deepEqual, equal, match, ok } from "node:assert/strict";
import { writeFakeDocker } from "../../../fixtures/fake_docker.ts";
import { start, until } from "../../background_run.ts";
import { method, sourceOf } from "../../model_source.ts";
import { createModel, dataContent, runArgs, runMethod } from "../../models.ts";
import { complains, fails, succeeds } from "../../outcomes.ts";
import { Repository } from "../../swamp.ts";

/** A repository with the driver `@acme/echo` and models whose methods run elsewhere. */
const repository = await Repository.create();
Deno.mkdirSync(repository.path("client"));
const docker = await writeFakeDocker(repository.path("client"));
Deno.test.afterAll(() => repository[Symbol.dispose]());

repository.write(
  "extensions/drivers/echo.ts",
  `import { z } from "npm:zod@4.3.6";
export const driver = {
  type: "@acme/echo",
  name: "Echo",
  description: "Stores what it is told",
  configSchema: z.object({ prefix: z.string().default("> ") }),
  createDriver: ({ prefix }) => ({
    type: "@acme/echo",
    initialize: async () => console.log("initialized"),
    shutdown: async () => console.log("shut down"),
    execute: async ({ bundle, ...request }, { onLog }) => {
      onLog(prefix + "executing");
      if (request.methodArgs.n === 13) throw new Error("unlucky");
      const content = new TextEncoder().encode(JSON.stringify({ ...request, bundle: !!bundle }));
      const output = { kind: "pending", specName: "state", name: "request", type: "resource" };
      return { status: "success", outputs: [{ ...output, content }], logs: [], durationMs: 0 };
    },
  }),
};
`,
);
repository.write(
  "extensions/models/thing.ts",
  sourceOf("@acme/thing", {
    methods: `{
      ${
      method(
        "sync",
        `console.log("printed");
        context.logger.warning("careful with {n}", { n: args.n });
        const state = await context.writeResource("state", "main", {
          ...args, driver: context.driver, before: await context.readResource("main"),
        });
        return { dataHandles: [state], followUpActions: [{ methodName: "after" }] };`,
        "z.object({ n: z.number().default(1) })",
      )
    }
      ${method("after", 'await context.writeResource("state", "after", {});')}
      ${method("fail", 'throw new Error("kaput");')}
      ${
      method(
        "wait",
        `context.logger.warning("waiting");
        await new Promise((done) => context.signal.addEventListener("abort", done));`,
      )
    }
    }`,
  }),
);
repository.write(
  "extensions/models/more.ts",
  `import { z } from "npm:zod@4.3.6";
export const extension = {
  type: "@acme/thing",
  methods: [{ ${method("more", 'await context.writeResource("state", "more", {});')} }],
};
`,
);

/** Creates a model that names its driver. */
async function createWithDriver(type: string, name: string, driver: string, config: unknown) {
  const { path } = await createModel(repository, type, name);
  const lines = `driver: "${driver}"\ndriverConfig: ${JSON.stringify(config)}\n`;
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path) + lines);
}

await createModel(repository, "@acme/thing", "plain");
const client = { image: "img", command: docker.path };
await createWithDriver("@acme/thing", "boxed", "docker", client);
await createWithDriver("@acme/thing", "echoed", "@acme/echo", { prefix: "» " });
await createWithDriver("command/shell", "shell", "docker", client);
await createWithDriver("command/shell", "clientless", "docker", {
  ...{ image: "alpine", command: "swamp-no-such-client" },
});

Deno.test("the built-in drivers are listed before those of extensions, and described", async () => {
  const { results } = await succeeds(repository, ["driver", "type", "search"]);
  deepEqual(results.map(({ type }: { type: string }) => type), ["raw", "docker", "@acme/echo"]);
  const { configSchema } = await succeeds(repository, ["driver", "type", "describe", "docker"]);
  deepEqual(configSchema.required, ["image"]);
});

Deno.test("an unknown driver is refused with those that there are, and nothing has happened", async () => {
  const { error, code } = await fails(repository, [
    ...runArgs("plain", "sync"),
    ...["--driver", "nope"],
  ]);
  equal(error, "Unknown execution driver 'nope'. Available drivers: raw, docker, @acme/echo");
  equal(code, "unknown_driver");
  const { results } = await succeeds(repository, ["model", "output", "search", "plain"]);
  deepEqual(results, []);
});

Deno.test("a driver of an extension is told everything; what it prints stays out of the document", async () => {
  const run = await repository.run([
    "--json",
    ...runArgs("plain", "sync", { n: 5 }),
    "--driver",
    "@acme/echo",
  ]);
  equal(run.code, 0, run.stderr);
  equal(run.stderr, "initialized\nshut down\n");
  equal(run.json.status, "succeeded");
  deepEqual(Object.keys(run.json.reports), ["@swamp/method-summary"]);
  const { bundle, methodArgs, methodName, modelType, protocolVersion } = await dataContent(
    repository,
    "plain",
    "request",
  );
  deepEqual([bundle, methodArgs, methodName, modelType, protocolVersion], [
    ...[true, { n: 5 }, "sync", "@acme/thing", 1],
  ]);
});

Deno.test("the driver of a definition counts, with its config", async () => {
  const { stdout } = await repository.run(runArgs("echoed", "sync"));
  match(stdout, /INF .* » executing\n/);
  match(stdout, /Executing method "sync" with driver "@acme\/echo"/);
  const { error } = await fails(repository, [...runArgs("echoed", "sync", { n: "x" })]);
  match(error, /^Method arguments validation failed: /);
});

Deno.test("a driver that throws fails the run with its text", async () => {
  const run = await repository.run(["--json", ...runArgs("echoed", "sync", { n: 13 })]);
  equal(run.code, 1);
  equal(run.json.error, "unlucky");
  equal(run.json.status, "failed");
});

Deno.test("a method of an extension runs in a container as it does without", async () => {
  const { dataArtifacts } = await runMethod(repository, "boxed", "sync", { n: 2 });
  deepEqual(
    dataArtifacts.map(({ name }: { name: string }) => name),
    ["main", "after"],
  );
  deepEqual(await dataContent(repository, "boxed", "main"), {
    ...{ n: 2, driver: "docker", before: null },
  });
  const { stdout, stderr } = await repository.run(runArgs("boxed", "sync"));
  match(stdout, /INF model·method·run·boxed·sync printed\n/);
  match(stderr, /WRN model·method·run·boxed·sync careful with 1\n/);
  equal((await dataContent(repository, "boxed", "main")).before.n, 2);
});

Deno.test("methods that other sources add run there too", async () => {
  await runMethod(repository, "boxed", "more");
  deepEqual(await dataContent(repository, "boxed", "more"), {});
});

Deno.test("a method that throws in its container fails with its text and has a record", async () => {
  const { error, outputId } = await fails(repository, runArgs("boxed", "fail"));
  equal(error, "kaput");
  const record = await succeeds(repository, ["model", "output", "get", outputId]);
  equal(record.status, "failed");
  equal(record.error.message, "kaput");
});

Deno.test("a shell command runs in its image", async () => {
  await runMethod(repository, "shell", "execute", {
    run: "echo $GREETING",
    env: { GREETING: "hi" },
  });
  equal((await dataContent(repository, "shell", "result")).stdout, "hi");
  const { error } = await fails(repository, runArgs("shell", "execute", { run: "exit 3" }));
  equal(error, "Container exited with code 3");
});

Deno.test("Ctrl-C stops the container and leaves no files", async () => {
  const run = start(repository, runArgs("boxed", "wait"));
  await until("the method waits", () => run.errorsSoFar().includes("waiting"));
  run.signal("SIGINT");
  equal((await run.end).code, 130);
  const calls = await docker.calls();
  const started = calls.findLast(([command]) => command === "run");
  deepEqual(calls.at(-1), ["kill", started?.[3]]);
  for (const folder of await docker.folders()) {
    equal(await Deno.stat(folder).catch(() => "gone"), "gone");
  }
});

Deno.test("--driver raw runs the method in swamp whatever the definition says", async () => {
  const before = (await docker.calls()).length;
  await repository.run(["--json", ...runArgs("boxed", "sync"), "--driver", "raw"]);
  equal((await dataContent(repository, "boxed", "main")).driver, "raw");
  equal((await docker.calls()).length, before);
});

Deno.test("a config that is missing is told, with where it belongs", async () => {
  const text = await complains(repository, [
    ...runArgs("boxed", "sync"),
    "--driver",
    "docker",
    "-q",
  ]);
  match(text, /Invalid config for driver type 'docker': image: Docker image is required/);
  match(text, /--driver brings none/);
});

Deno.test("a client that is not installed is told, with what to do", async () => {
  const { error, code } = await fails(
    repository,
    runArgs("clientless", "execute", { run: "true" }),
  );
  equal(code, "driver_unavailable");
  match(error, /^Driver 'docker' cannot run "swamp-no-such-client"/);
  ok(error.endsWith("--driver raw"), error);
});

Deno.test("that the source of a driver is broken is told once", async () => {
  using place = await Repository.create();
  place.write("extensions/drivers/bad.ts", `export const driver = { type: "@acme/bad", name: 7 };`);
  await createModel(place, "command/shell", "sh");
  const { code, stderr } = await place.run([
    ...runArgs("sh", "execute", { run: "true" }),
    ...["--driver", "@acme/bad"],
  ]);
  equal(code, 1);
  match(stderr, /^error: Driver type '@acme\/bad' cannot be used: extensions\/drivers\/bad\.ts: /);
});
