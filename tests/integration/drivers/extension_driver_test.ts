import { deepEqual, equal, match, ok } from "node:assert/strict";
import { z } from "zod";
import type {
  ExecutionCallbacks,
  ExecutionDriver,
  ExecutionRequest,
} from "../../../src/domain/drivers/execution_driver.ts";
import { describeProvider } from "../../../src/domain/extensions/describe.ts";
import type { ProviderTypes } from "../../../src/domain/extensions/provider_types.ts";
import { parseProvider } from "../../../src/domain/extensions/shapes/provider_shape.ts";
import type { Definition } from "../../../src/domain/models/definition.ts";
import { type Lab, MODEL_ID, withModel } from "../runs/method_runs.ts";

const THING = {
  globalArguments: z.object({ region: z.string().default("eu") }),
  resources: {
    state: {
      description: "State",
      schema: z.looseObject({}),
      lifetime: "7d",
      garbageCollection: 2,
    },
  },
  files: { log: { contentType: "text/plain", lifetime: "7d", garbageCollection: 2 } },
  methods: {
    run: {
      description: "",
      arguments: z.object({ n: z.number().default(1) }),
      execute: () => Promise.reject(new Error("The method ran in swamp itself")),
    },
  },
};

const bytes = (text: string) => new TextEncoder().encode(text);

/** Runs `test` with a model whose driver is `@acme/echo`, made by `createDriver`. */
function withDriver(
  createDriver: (config: Record<string, unknown>) => unknown,
  test: (lab: Lab) => Promise<void>,
  { configSchema, ...more }: Partial<Definition> & { configSchema?: z.ZodType } = {},
): Promise<void> {
  const provider = parseProvider("driver", {
    ...{ type: "@acme/echo", name: "Echo", description: "Echoes", createDriver },
    ...(configSchema === undefined ? {} : { configSchema }),
  });
  const types: ProviderTypes = {
    summaries: () => [],
    describe: (type) => type === provider.type ? describeProvider(provider) : undefined,
    resolve: () => Promise.resolve(provider),
    failures: () => [],
    failureOf: () => undefined,
  };
  return withModel(
    THING,
    test,
    { driver: "@acme/echo", ...more },
    undefined,
    {
      types: () => Promise.resolve(types),
      bundle: (type) => Promise.resolve(bytes(`bundle of ${type}`)),
    },
  );
}

/** A driver that does no more than execute. */
function driver(
  execute: (request: ExecutionRequest, callbacks: ExecutionCallbacks) => unknown,
  more: Partial<ExecutionDriver> = {},
) {
  return () => ({ type: "@acme/echo", ...more, execute });
}

const success = (more: Record<string, unknown> = {}) => ({
  ...{ status: "success", outputs: [], logs: [], durationMs: 1 },
  ...more,
});

Deno.test("a driver is told all that the contract promises, validated", async () => {
  const requests: ExecutionRequest[] = [];
  await withDriver(
    driver((request) => {
      requests.push(request);
      return success();
    }),
    async (lab) => {
      await lab.run("run", { inputs: { n: "5" } });
      const [{ bundle, ...request }] = requests as [ExecutionRequest];
      equal(new TextDecoder().decode(bundle), "bundle of @acme/thing");
      deepEqual(request, {
        ...{ protocolVersion: 1, modelType: "@acme/thing", modelId: MODEL_ID, methodName: "run" },
        ...{ globalArgs: { region: "eu" }, unresolvedGlobalArgs: {}, methodArgs: { n: 5 } },
        definitionMeta: { id: MODEL_ID, name: "t1", version: 1, tags: { team: "a" } },
        resourceSpecs: { state: { description: "State" } },
        fileSpecs: { log: { contentType: "text/plain" } },
        traceHeaders: {},
      });
    },
    { tags: { team: "a" } },
  );
});

Deno.test("arguments are validated before a driver is asked for anything", () =>
  withDriver(
    () => {
      throw new Error("created");
    },
    async (lab) => match((await lab.fail("run", { inputs: { n: "x" } })).message, /at "n"$/),
  ));

Deno.test("createDriver gets the config as its schema reads it, strings converted", () =>
  withDriver(
    (config) => driver(() => success({ outputs: [pending("config", JSON.stringify(config))] }))(),
    async (lab) => {
      await lab.run("run");
      deepEqual(await lab.json("config"), { size: 3, prefix: "p" });
    },
    {
      configSchema: z.object({ size: z.number(), prefix: z.string().default("p") }),
      driverConfig: { size: "${{ '3' }}" },
    },
  ));

/** A resource for swamp to store. */
function pending(name: string, text: string, more: Record<string, unknown> = {}) {
  return {
    ...{ kind: "pending", specName: "state", name, type: "resource", content: bytes(text) },
    ...more,
  };
}

Deno.test("outputs are stored: JSON as it is, other text with what is known of it, files as bytes", () =>
  withDriver(
    driver(() =>
      success({
        outputs: [
          pending("json", '{"a":1}', { tags: { ignored: "yes" } }),
          pending("text", "plain", { metadata: { exitCode: 0 } }),
          pending("file", "\0\uFEFF", { specName: "log", type: "file" }),
        ],
      })
    ),
    async (lab) => {
      const { dataArtifacts, reports } = await lab.run("run");
      deepEqual(dataArtifacts.map(({ name }) => name), ["json", "text", "file"]);
      deepEqual(await lab.json("json"), { a: 1 });
      const { executedAt, ...text } = await lab.json("text");
      deepEqual(text, { exitCode: 0, stdout: "plain" });
      match(String(executedAt), /^\d{4}-.*Z$/);
      const file = await lab.data.get({ type: "@acme/thing", modelId: MODEL_ID }, "file");
      deepEqual(await lab.data.content(file!), bytes("\0\uFEFF"));
      const json = await lab.data.get({ type: "@acme/thing", modelId: MODEL_ID }, "json");
      deepEqual(json?.metadata.tags, { type: "resource", specName: "state", modelName: "t1" });
      equal(reports?.["@swamp/method-summary"]?.success, true);
    },
  ));

Deno.test("an output of a spec that the type does not declare fails the run", () =>
  withDriver(
    driver(() => success({ outputs: [pending("x", "{}", { specName: "nope" })] })),
    async (lab) => match((await lab.fail("run")).message, /^Undeclared resource spec 'nope'/),
  ));

Deno.test("a result that is an error fails the run with its text; its outputs are kept", () =>
  withDriver(
    driver(() => ({ status: "error", error: "no luck", outputs: [pending("half", "{}")] })),
    async (lab) => {
      const { message, fields } = await lab.fail("run");
      equal(message, "no luck");
      deepEqual(await lab.json("half"), {});
      deepEqual((fields.dataArtifacts as { name: string }[]).map(({ name }) => name), ["half"]);
      equal((await lab.lastRecord()).artifacts.dataArtifacts.length, 1);
    },
  ));

Deno.test("outputs that cannot be stored do not hide why a method failed, nor keep others out", () =>
  withDriver(
    driver(() => ({
      ...{ status: "error", error: "no luck" },
      outputs: [pending("x", "{}", { specName: "nope" }), pending("half", "{}")],
    })),
    async (lab) => {
      const { message, fields } = await lab.fail("run");
      equal(message, "no luck");
      deepEqual(await lab.json("half"), {});
      const [warning] = fields.warnings as { code: string; message: string }[];
      equal(warning?.code, "output_not_stored");
      match(warning?.message ?? "", /^Output "x" .*Undeclared resource spec 'nope'/);
    },
  ));

Deno.test("data that a driver tells of twice, or wrongly, is recorded as it is", () =>
  withDriver(
    driver((_request, { onResourceWritten }) => {
      onResourceWritten({ name: "main", version: 1 } as never);
      onResourceWritten(null as never);
      onResourceWritten({ name: "gone", version: 7 } as never);
      const handle = { name: "main", version: 1 };
      return success({ outputs: [{ kind: "persisted", handle }, { kind: "persisted" }] });
    }),
    async (lab) => {
      await storeMain(lab);
      const { dataArtifacts } = await lab.run("run");
      deepEqual(dataArtifacts.map(({ name }) => name), ["main"]);
    },
  ));

/** Stores a version of `main` that no run has written. */
async function storeMain({ data, type }: Lab): Promise<void> {
  const pending = await data.reserve({ type: type.type, modelId: MODEL_ID }, "main");
  await ReadableStream.from([bytes("{}")]).pipeTo(await data.openContent(pending));
  await data.publish(pending, {
    ...{ id: crypto.randomUUID(), contentType: "application/json", lifetime: "infinite" },
    ...{ garbageCollection: 1, streaming: false, tags: { type: "resource", specName: "state" } },
    ownerDefinition: { ownerType: "model-method", ownerRef: MODEL_ID },
  });
}

for (
  const [what, execute, text] of [
    ["says no more than error", () => ({ status: "error" }), /^Driver execution failed$/],
    ["throws", () => Promise.reject(new Error("kaput")), /^kaput$/],
    ["throws a text", () => Promise.reject("only text"), /^only text$/],
    ["ends the process", () => Deno.exit(3), /^The driver called Deno\.exit\(3\)/],
    [
      "leaves a promise behind",
      () => {
        Promise.reject(new Error("forgotten"));
        return new Promise(() => {});
      },
      /^forgotten$/,
    ],
    [
      "gives nothing back",
      () => undefined,
      /^Driver '@acme\/echo' returned an invalid result: status must be/,
    ],
  ] as const
) {
  Deno.test(`a driver that ${what} fails the run`, () =>
    withDriver(
      driver(execute),
      async (lab) => match((await lab.fail("run")).message, text),
    ));
}

Deno.test("something that cannot execute is no driver", () =>
  withDriver(() => ({}), async (lab) => {
    const { code, message } = await lab.fail("run");
    equal(code, "invalid_driver");
    match(message, /^createDriver for driver type '@acme\/echo' returned an invalid driver/);
  }));

Deno.test("a driver is initialized before and shut down after its work, however that ends", async () => {
  const calls: string[] = [];
  const more = {
    initialize: () => Promise.resolve(void calls.push("initialize")),
    shutdown: () => Promise.resolve(void calls.push("shutdown")),
  };
  await withDriver(
    driver((_request, { onLog }) => {
      calls.push("execute");
      onLog("about to fail");
      throw new Error("kaput");
    }, more),
    async (lab) => {
      equal((await lab.fail("run")).message, "kaput");
      deepEqual(calls, ["initialize", "execute", "shutdown"]);
    },
  );
});

Deno.test("a driver that cannot be initialized fails the run; it is neither used nor shut down", () =>
  withDriver(
    driver(() => success(), {
      initialize: () => Promise.reject(new Error("no engine")),
      shutdown: () => Promise.reject(new Error("never up")),
    }),
    async (lab) => {
      equal((await lab.fail("run")).message, "no engine");
      ok(!(await lab.lastRecord()).error?.message.includes("never up"));
    },
  ));

Deno.test("a driver that cannot be shut down is a warning", () =>
  withDriver(
    driver(() => success(), { shutdown: () => Promise.reject(new Error("stuck")) }),
    async (lab) =>
      deepEqual((await lab.run("run")).warnings, [{
        code: "driver_shutdown_failed",
        message: "Driver '@acme/echo' could not be shut down: stuck",
      }]),
  ));

Deno.test("lines are shown as they come, and those of the result if none came", async () => {
  const lines = async (execute: Parameters<typeof driver>[0]) => {
    let shown: string[] = [];
    await withDriver(driver(execute), async (lab) => {
      await lab.run("run");
      shown = lab.shown.map(({ message }) => message).filter((line) => line.startsWith("> "));
    });
    return shown;
  };
  const logs = ["> one", "> two"];
  deepEqual(await lines(() => success({ logs })), logs);
  const streamed = await lines((_request, { onLog }) => {
    for (const line of logs) onLog(line);
    return success({ logs });
  });
  deepEqual(streamed, logs);
});

Deno.test("a cancelled run aborts the driver's signal and does not wait for it for ever", () => {
  const controller = new AbortController();
  return withDriver(
    driver((_request, { signal }) => {
      setTimeout(() => controller.abort(), 0);
      return new Promise((_, reject) => signal.addEventListener("abort", reject));
    }),
    async (lab) => {
      equal((await lab.fail("run", {}, controller.signal)).message, "cancelled");
      equal((await lab.lastRecord()).status, "failed");
    },
  );
});

Deno.test("the context of checks tells which driver it is", async () => {
  const seen: unknown[] = [];
  const checks = {
    look: {
      description: "Looks",
      execute: ({ driver }: { driver: string }) => {
        seen.push(driver);
        return Promise.resolve({ pass: true });
      },
    },
  };
  const methods = { create: THING.methods.run };
  await withModel(
    { ...THING, methods, checks },
    async (lab) => {
      equal((await lab.fail("create")).code, "driver_unavailable");
      const driverLevels = [{ driver: "raw" }];
      equal((await lab.fail("create", { driverLevels })).code, "method_failed");
    },
    {
      driver: "docker",
      driverConfig: { image: "img", command: "swamp-no-such-client" },
    },
    undefined,
    { bundle: () => Promise.resolve(new Uint8Array()) },
  );
  deepEqual(seen, ["docker", "raw"]);
});
