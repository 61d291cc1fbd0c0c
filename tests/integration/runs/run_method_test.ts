import assert from "node:assert/strict";
import { z } from "zod";
import { UserError } from "../../../src/domain/errors.ts";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import { MODEL_ID, withModel } from "./method_runs.ts";

type Args = Record<string, unknown>;

const STATE = {
  state: { schema: z.object({ n: z.number() }), lifetime: "7d", garbageCollection: 2 },
};

/** A type whose one method `run` is `execute`. */
function oneMethod(
  execute: (args: Args, context: MethodContext) => unknown,
  more: Record<string, unknown> = {},
  schema: z.ZodType = z.object({}),
) {
  return {
    resources: STATE,
    methods: { run: { description: "", arguments: schema, execute } },
    ...more,
  };
}

Deno.test("a cancelled run does not wait for a stream that sends nothing any more", () => {
  const controller = new AbortController();
  const silent = new ReadableStream<Uint8Array>({
    pull: () => controller.abort(new UserError("interrupted", "Interrupted")),
  });
  const log = { contentType: "text/plain", lifetime: "7d", garbageCollection: 2 };
  return withModel(
    oneMethod((_args, context) => context.createFileWriter("log", "l").writeStream(silent), {
      files: { log },
    }),
    async (lab) => {
      assert.equal((await lab.fail("run", {}, controller.signal)).code, "cancelled");
      assert.equal(await lab.text("l"), undefined);
    },
  );
});

Deno.test("a run gives the result of the contract, and its data, record, log and reports are kept", () =>
  withModel(
    oneMethod(async (_args, context) => {
      context.logger.info("working");
      return { dataHandles: [await context.writeResource("state", "main", { n: 5 })] };
    }),
    async (lab) => {
      const result = await lab.run("run");
      const { outputId, duration, logFile, reports, dataArtifacts, ...rest } = result;
      assert.deepEqual(rest, {
        modelId: MODEL_ID,
        modelName: "t1",
        modelType: "@acme/thing",
        methodName: "run",
        status: "succeeded",
      });
      assert.ok(Number.isInteger(duration));
      const [{ id, path, ...artifact }] = dataArtifacts as [typeof dataArtifacts[number]];
      assert.deepEqual(artifact, { name: "main", version: 1, attributes: { n: 5 } });
      assert.equal(await Deno.readTextFile(`${path}/raw`), '{"n":5}');
      const record = await lab.lastRecord();
      assert.equal(record.id, outputId);
      assert.equal(record.status, "succeeded");
      assert.equal(record.pid, undefined);
      assert.equal(`${lab.layout.root}/${record.logFile}`, logFile);
      assert.deepEqual(record.artifacts.dataArtifacts.map(({ dataId }) => dataId), [id]);
      assert.match(await lab.log(result), /info working\n/);
      assert.equal(reports?.["@swamp/method-summary"]?.success, true);
      assert.match(
        await lab.text("report-swamp-method-summary") ?? "",
        /^# t1 .* → run: succeeded/,
      );
    },
  ));

Deno.test("global and method arguments are converted, completed and validated", () =>
  withModel(
    oneMethod(
      async (args, context) => {
        await context.writeResource("state", "main", { ...args, global: context.globalArgs });
      },
      { globalArguments: z.object({ region: z.string().default("eu"), size: z.number() }) },
      z.object({ n: z.number(), on: z.boolean().default(true), list: z.array(z.string()) }),
    ),
    async (lab) => {
      await lab.run("run", { inputs: { n: "5", list: '["a"]' } });
      assert.deepEqual(await lab.json("main"), {
        ...{ n: 5, on: true, list: ["a"] },
        global: { region: "eu", size: 7 },
      });
      const error = await lab.fail("run", { inputs: { n: "x", list: "[]" } });
      assert.equal(
        error.message,
        'Method arguments validation failed: Invalid input: expected number, received string at "n"',
      );
    },
    { globalArguments: { size: "7" } },
  ));

Deno.test("global arguments that do not fit fail the run before anything is called", () =>
  withModel(
    oneMethod(() => assert.fail("called"), { globalArguments: z.object({ region: z.string() }) }),
    async (lab) => {
      const error = await lab.fail("run");
      assert.equal(
        error.message,
        "Global arguments validation failed: " +
          'Invalid input: expected string, received undefined at "region"',
      );
      assert.equal((await lab.lastRecord()).error?.message, error.message);
    },
  ));

Deno.test("inputs override stored arguments", () =>
  withModel(
    oneMethod(
      async (args, context) => {
        await context.writeResource("state", "main", args);
      },
      {},
      z.object({ n: z.number(), m: z.number() }),
    ),
    async (lab) => {
      await lab.run("run", { inputs: { n: 2 } });
      assert.deepEqual(await lab.json("main"), { n: 2, m: 1 });
    },
    { methods: { run: { arguments: { n: 1, m: 1 } } } },
  ));

Deno.test("an unknown input is refused with the name that was probably meant, before anything happens", () =>
  withModel(
    oneMethod(() => assert.fail("called"), {}, z.object({ count: z.number().optional() })),
    async (lab) => {
      const error = await lab.fail("run", { inputs: { cuont: 1 } });
      assert.equal(error.code, "unknown_argument");
      assert.equal(
        error.message,
        'Unknown input "cuont" for method "run" of type "@acme/thing". Did you mean "count"? ' +
          "Arguments: count",
      );
      assert.equal(await lab.lastRecord(), undefined);
    },
  ));

Deno.test("an unknown stored argument is a warning", () =>
  withModel(
    oneMethod(() => undefined),
    async (lab) => {
      const { warnings } = await lab.run("run");
      assert.deepEqual(warnings, [{
        code: "unknown_argument",
        message: "methods.run.arguments.old: Unknown argument (it has no effect)",
      }]);
    },
    { methods: { run: { arguments: { old: 1 } } } },
  ));

Deno.test("declared inputs that the definition does not use do not reach the method", () =>
  withModel(
    oneMethod(
      async (args, context) => {
        await context.writeResource("state", "main", args);
      },
      {},
      z.object({ n: z.number().optional() }).loose(),
    ),
    async (lab) => {
      await lab.run("run", { inputs: { region: "eu", n: "1" } });
      assert.deepEqual(await lab.json("main"), { n: 1 });
      const error = await lab.fail("run", { inputs: { region: "as" } });
      assert.equal(
        error.message,
        'Input validation failed:\n  region must be one of: "eu", "us"',
      );
    },
    { inputs: { properties: { region: { type: "string", enum: ["eu", "us"] } } } },
  ));

Deno.test("a failing method keeps its data, and the failure has everything that is known", () =>
  withModel(
    oneMethod(async (_args, context) => {
      await context.writeResource("state", "partial", { n: 1 });
      throw new Error("boom happened");
    }),
    async (lab) => {
      const error = await lab.fail("run");
      assert.equal(error.message, "boom happened");
      assert.equal(error.code, "method_failed");
      const fields = error.fields as { dataArtifacts: { name: string }[]; logFile: string };
      assert.deepEqual(fields.dataArtifacts.map(({ name }) => name), ["partial"]);
      const { modelName, methodName, status, outputId } = error.fields;
      assert.deepEqual([modelName, methodName, status], ["t1", "run", "failed"]);
      const record = await lab.lastRecord();
      assert.equal(record.id, outputId);
      assert.equal(record.error?.message, "boom happened");
      assert.match(record.error?.stack ?? "", /^Error: boom happened\n/);
      assert.deepEqual(record.artifacts.dataArtifacts.map(({ name }) => name), ["partial"]);
      assert.match(await lab.log(fields), /error Method "run" failed: boom happened\n$/);
      assert.match(await lab.text("report-swamp-method-summary") ?? "", /## Error\n\n```\nboom/);
    },
  ));

Deno.test("a thrown text is the message as it is", () =>
  withModel(
    oneMethod(() => {
      throw "just text";
    }),
    async (lab) => assert.equal((await lab.fail("run")).message, "just text"),
  ));

Deno.test("a promise that a method forgot fails the run instead of ending swamp", () =>
  withModel(
    oneMethod(async () => {
      Promise.reject(new Error("forgotten"));
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }),
    async (lab) => assert.equal((await lab.fail("run")).message, "forgotten"),
  ));

Deno.test("an error in a timer's callback fails the run instead of ending swamp", () =>
  withModel(
    oneMethod(async () => {
      setTimeout(() => {
        throw new Error("in a timer");
      }, 1);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }),
    async (lab) => assert.equal((await lab.fail("run")).message, "in a timer"),
  ));

for (const [title, result] of [["nothing", undefined], ["null", null], ["a map", {}]] as const) {
  Deno.test(`a method that returns ${title} reports everything that it wrote`, () =>
    withModel(
      oneMethod(async (_args, context) => {
        await context.writeResource("state", "a", { n: 1 });
        await context.writeResource("state", "a", { n: 2 });
        return result;
      }),
      async (lab) => {
        const { dataArtifacts } = await lab.run("run");
        assert.deepEqual(dataArtifacts.map(({ name, version }) => [name, version]), [
          ["a", 1],
          ["a", 2],
        ]);
      },
    ));
}

Deno.test("returned handles are reported, and no others", () =>
  withModel(
    oneMethod(async (_args, context) => {
      await context.writeResource("state", "a", { n: 1 });
      return { dataHandles: [await context.writeResource("state", "b", { n: 1 })] };
    }),
    async (lab) => {
      const { dataArtifacts } = await lab.run("run");
      assert.deepEqual(dataArtifacts.map(({ name }) => name), ["b"]);
    },
  ));

Deno.test("two returned handles of one name fail the run", () =>
  withModel(
    oneMethod(async (_args, context) => {
      const write = () => context.writeResource("state", "x", { n: 1 });
      return { dataHandles: [await write(), await write()] };
    }),
    async (lab) =>
      assert.equal(
        (await lab.fail("run")).message,
        "Data output validation failed: Duplicate data instance name 'x'",
      ),
  ));

Deno.test("a run waits for writes that the method did not wait for, and allows none afterwards", () => {
  let late: (() => Promise<unknown>) | undefined;
  return withModel(
    oneMethod((_args, context) => {
      context.writeResource("state", "unawaited", { n: 1 });
      late = () => context.writeResource("state", "late", { n: 1 });
    }),
    async (lab) => {
      const { dataArtifacts } = await lab.run("run");
      assert.deepEqual(dataArtifacts.map(({ name }) => name), ["unawaited"]);
      await assert.rejects(late!(), { code: "run_is_over" });
    },
  );
});

Deno.test("a cancelled run is recorded as failed, and its method is told", () => {
  const controller = new AbortController();
  return withModel(
    oneMethod(async (_args, { signal }) => {
      const aborted = new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason))
      );
      controller.abort(new Error("Ctrl-C"));
      await aborted;
    }),
    async (lab) => {
      const error = await lab.fail("run", {}, controller.signal);
      assert.equal(error.code, "cancelled");
      assert.equal((await lab.lastRecord()).error?.message, "cancelled");
      assert.equal(await lab.text("report-swamp-method-summary"), undefined);
    },
  );
});

Deno.test("type upgrades are written to the raw definition, and the method sees their result", () =>
  withModel(
    oneMethod(
      async (_args, context) => {
        await context.writeResource("state", "main", { ...context.globalArgs });
      },
      {
        upgrades: [{
          toVersion: "2026.01.02.1",
          description: "",
          upgradeAttributes: ({ old, ...rest }: Args) => ({ ...rest, renamed: old }),
        }],
      },
    ),
    async (lab) => {
      await lab.run("run", { tags: { given: "now" } });
      assert.deepEqual(await lab.json("main"), { renamed: "value" });
      const { definition } = await lab.definitions.find("t1");
      assert.deepEqual(definition.globalArguments, { renamed: "value" });
      assert.equal(definition.typeVersion, "2026.01.02.1");
      assert.deepEqual(definition.tags, {});
    },
    { typeVersion: "2025.01.01.1", globalArguments: { old: "value" } },
  ));

Deno.test("an upgrade whose result does not fit is not written", () =>
  withModel(
    oneMethod(() => undefined, {
      globalArguments: z.object({ n: z.number() }),
      upgrades: [{
        toVersion: "2026.01.02.1",
        description: "",
        upgradeAttributes: () => ({ n: "no number" }),
      }],
    }),
    async (lab) => {
      assert.equal((await lab.fail("run")).code, "invalid_global_arguments");
      const { definition } = await lab.definitions.find("t1");
      assert.deepEqual(definition.globalArguments, { n: 1 });
    },
    { typeVersion: "2025.01.01.1", globalArguments: { n: 1 } },
  ));

Deno.test("--last-evaluated runs what was last evaluated, and says so when nothing was", () =>
  withModel(
    oneMethod(
      async (args, context) => {
        await context.writeResource("state", "main", args);
      },
      {},
      z.object({ n: z.number() }),
    ),
    async (lab) => {
      const { message } = await lab.fail("run", { lastEvaluated: true });
      assert.equal(message, 'No previously evaluated definition found for "t1".');
      await lab.run("run");
      const stored = await lab.definitions.find("t1");
      const changed = { ...stored.definition, methods: { run: { arguments: { n: 2 } } } };
      await lab.definitions.replace(stored, changed);
      await lab.run("run", { lastEvaluated: true });
      assert.deepEqual(await lab.json("main"), { n: 1 });
    },
    { methods: { run: { arguments: { n: 1 } } } },
  ));

Deno.test("a secret that is not there fails the run, which leaves a record", () =>
  withModel(
    oneMethod(() => assert.fail("called")),
    async (lab) => {
      const { code, message } = await lab.fail("run");
      assert.equal(code, "vault_not_found");
      assert.match(
        message,
        /^Method execution failed: Failed to resolve vault expression vault\.get\(v, k\): Vault 'v' not found\./,
      );
      assert.match(
        message,
        /globalArguments\.key \(models\/.*:8:9\): \$\{\{ vault\.get\(v, k\) \}\}/,
      );
      assert.equal((await lab.lastRecord()).status, "failed");
    },
    { globalArguments: { key: "${{ vault.get(v, k) }}" } },
  ));

Deno.test("a driver that is not there is refused, whoever names it", () =>
  withModel(
    oneMethod(() => undefined),
    async (lab) => {
      const text = "Unknown execution driver 'nope'. Available drivers: raw, docker";
      const driverLevels = [{ driver: "nope" }];
      assert.equal((await lab.fail("run", { driverLevels })).message, text);
      const stored = await lab.definitions.find("t1");
      await lab.definitions.replace(stored, { ...stored.definition, driver: "nope" });
      assert.equal((await lab.fail("run")).message, text);
      await lab.run("run", { driverLevels: [{ driver: "raw" }] });
    },
  ));

Deno.test("unknown methods are refused with those that there are", () =>
  withModel(
    oneMethod(() => undefined),
    async (lab) =>
      assert.equal(
        (await lab.fail("nope")).message,
        "Unknown method 'nope' for type '@acme/thing'. Available methods: run",
      ),
  ));

Deno.test("a definition of a type that is not installed cannot run", () =>
  withModel(
    oneMethod(() => undefined),
    async (lab) => assert.equal((await lab.fail("run")).message, "Unknown model type: no/such"),
    { type: "no/such" },
  ));

Deno.test("runs of one model follow each other, each with its own version", () =>
  withModel(
    oneMethod(async (_args, context) => {
      await context.writeResource("state", "main", { n: 1 });
    }),
    async (lab) => {
      const noReports = {
        ...{ skipNames: [], skipLabels: [], names: [], labels: [] },
        skipAll: true,
      };
      const runs = Array.from({ length: 5 }, () => lab.run("run", { reports: noReports }));
      const versions = (await Promise.all(runs)).map(({ dataArtifacts }) =>
        dataArtifacts[0]?.version
      );
      assert.deepEqual(versions.sort(), [1, 2, 3, 4, 5]);
    },
  ));
