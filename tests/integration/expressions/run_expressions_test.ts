import assert from "node:assert/strict";
import { z } from "zod";
import type { Definition } from "../../../src/domain/models/definition.ts";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import { createVaultStore } from "../../../src/infrastructure/persistence/yaml_vault_store.ts";
import { type Lab, vaultsOf, withModel } from "../runs/method_runs.ts";

type Execute = (args: Record<string, unknown>, context: MethodContext) => unknown;

const SECRET = 's3cr3t "quoted" \\ value';

/**
 * Runs `test` on a model with a vault `v` that has the secret `k`. Its method `run` takes anything and is
 * `execute`.
 */
function withSecret(
  execute: Execute,
  more: Partial<Definition>,
  test: (lab: Lab) => Promise<void>,
): Promise<void> {
  const anything = z.object({}).loose();
  const state = { schema: anything, lifetime: "infinite", garbageCollection: 10 };
  return withModel({
    globalArguments: anything,
    resources: { state },
    files: { log: { contentType: "text/plain", lifetime: "1d", garbageCollection: 1 } },
    methods: { run: { description: "", arguments: anything, execute } },
  }, async (lab) => {
    await createVaultStore(lab.layout, { report: () => {}, warn: () => {} }).add({
      id: crypto.randomUUID(),
      name: "v",
      type: "local_encryption",
      config: { auto_generate: true },
      createdAt: new Date().toISOString(),
    });
    await (await vaultsOf(lab.layout)).put("v", "k", SECRET);
    await test(lab);
  }, more);
}

/** The arguments that the method gets. */
async function argumentsOf(
  stored: Record<string, unknown>,
  request: Parameters<Lab["run"]>[1] = {},
  more: Partial<Definition> = {},
): Promise<Record<string, unknown>> {
  let seen: Record<string, unknown> = {};
  await withSecret(
    (args) => void (seen = args),
    { ...more, methods: { run: { arguments: stored } } },
    async (lab) => void await lab.run("run", request),
  );
  return seen;
}

/** Every file below the repository's own folder that has a text in it. */
async function filesWith(lab: Lab, text: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    for await (const entry of Deno.readDir(folder)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) await visit(path);
      else if ((await Deno.readTextFile(path)).includes(text)) found.push(path);
    }
  };
  await visit(lab.layout.root);
  return found;
}

Deno.test("a method gets the values of all expressions, also of mixed ones", async () =>
  assert.deepEqual(
    await argumentsOf(
      {
        n: "${{ inputs.n + 1 }}",
        home: "${{ env.HOME }}",
        mixed: "${{ env.REGION + '-' + inputs.zone + '-' + self.globalArguments.g }}",
        secret: "Bearer ${{ vault.get(v, k) }}",
        size: "${{ vault.get('v', `k`).size() }}",
        list: ["${{ self.name }}"],
        literal: "$${{ x }}",
        optional: "${{ has(inputs.gone) ? inputs.gone : 'none' }}",
      },
      { inputs: { n: 4, zone: "a" } },
      {
        globalArguments: { g: "${{ self.tags.env }}" },
        tags: { env: "dev" },
        inputs: { properties: { n: { type: "integer" }, zone: { type: "string" } } },
      },
    ),
    {
      n: 5,
      home: "/home/me",
      mixed: "eu-a-dev",
      secret: `Bearer ${SECRET}`,
      size: SECRET.length,
      list: ["t1"],
      literal: "${{ x }}",
      optional: "none",
    },
  ));

Deno.test("of the expressions in inputs only secrets are evaluated", async () =>
  assert.deepEqual(
    await argumentsOf(
      { declared: "${{ inputs.pw }}", joined: "${{ inputs.pw + '!' }}" },
      {
        inputs: {
          pw: "${{ vault.get(v, k) }}",
          direct: "<${{ vault.get(v, k) }}>",
          text: "${{ env.HOME }} $${{ 1 }} ${{",
        },
      },
      { inputs: { properties: { pw: { type: "string" } } } },
    ),
    {
      declared: SECRET,
      joined: `${SECRET}!`,
      direct: `<${SECRET}>`,
      text: "${{ env.HOME }} $${{ 1 }} ${{",
    },
  ));

Deno.test("a secret in stored data is put in when an expression uses it", async () => {
  let seen: Record<string, unknown> = {};
  await withSecret((args) => void (seen = args), {}, async (lab) => {
    const stored = await lab.definitions.find("t1");
    const content = { host: "h", password: "${{ vault.get('v', 'k') }}", text: "${{ env.HOME }}" };
    const source = { type: "@acme/thing", modelId: stored.definition.id };
    const pending = await lab.data.reserve(source, "main");
    await Deno.writeTextFile(pending.contentPath, JSON.stringify(content));
    await lab.data.publish(pending, {
      ...{ id: crypto.randomUUID(), contentType: "application/json", lifetime: "infinite" },
      ...{ garbageCollection: 10, streaming: false, tags: { type: "resource", specName: "state" } },
      ownerDefinition: { ownerType: "model-method", ownerRef: stored.definition.id },
    });
    const from = (rest: string) => `data.latest("t1", "main").attributes.${rest}`;
    await lab.definitions.replace(stored, {
      ...stored.definition,
      methods: {
        run: {
          arguments: {
            password: `\${{ ${from("password")} }}`,
            url: `\${{ "x:" + ${from("password")} + "@" + ${from("host")} }}`,
            text: `\${{ ${from("text")} }}`,
            same: `\${{ ${from("password")} == "" }}`,
          },
        },
      },
    });
    await lab.run("run");
    assert.deepEqual(await filesWith(lab, "s3cr3t"), []);
  });
  assert.deepEqual(seen, {
    password: SECRET,
    url: `x:${SECRET}@h`,
    text: "${{ env.HOME }}",
    same: false,
  });
});

Deno.test("the evaluated definition keeps secrets and environment as expressions, and is used again", () => {
  const seen: unknown[] = [];
  return withSecret((args) => void seen.push(args), {
    methods: {
      run: {
        arguments: {
          secret: "${{ vault.get(v, k) }}",
          mixed: "${{ env.HOME + '/' + inputs.name }}",
          input: "${{ inputs.name }}",
        },
      },
    },
  }, async (lab) => {
    await lab.run("run", { inputs: { name: "first" } });
    const evaluated = await lab.runs.lastEvaluated(
      "@acme/thing",
      (await lab.definitions.find("t1")).definition.id,
    );
    assert.deepEqual(evaluated?.methods.run?.arguments, {
      secret: "${{ vault.get(v, k) }}",
      mixed: "${{ env.HOME + '/' + dyn(\"first\") }}",
      input: "first",
    });
    await lab.run("run", { lastEvaluated: true });
    assert.deepEqual(seen[1], seen[0]);
    assert.deepEqual(seen[0], { secret: SECRET, mixed: "/home/me/first", input: "first" });
  });
});

Deno.test("a secret is nowhere but in the arguments", () =>
  withSecret(
    async (args, context) => {
      const secret = String(args.secret);
      context.logger.info("secret is {secret}", { secret });
      context.onEvent({ type: "output", stream: "stderr", line: `line ${secret}` });
      await context.writeResource("state", "main", { secret, fine: 1 });
      await context.createFileWriter("log", "log").writeText(`text ${secret}`);
      throw new Error(`failed with ${secret}`);
    },
    { methods: { run: { arguments: { secret: "${{ vault.get(v, k) }}" } } } },
    async (lab) => {
      const failure = await lab.fail("run");
      assert.equal(failure.message, "failed with ***");
      assert.ok(!Deno.inspect(failure, { depth: 20 }).includes("s3cr3t"));
      assert.ok(!JSON.stringify([failure.fields, lab.shown]).includes("s3cr3t"));
      assert.deepEqual(await lab.json("main"), { secret: "***", fine: 1 });
      assert.equal(await lab.text("log"), "text ***");
      assert.deepEqual(
        (failure.fields.warnings as { code: string }[]).map(({ code }) => code),
        ["secret_redacted", "secret_redacted"],
      );
      assert.deepEqual(await filesWith(lab, "s3cr3t"), []);
      assert.match(await lab.log(failure.fields as { logFile: string }), /line \*\*\*/);
    },
  ));

Deno.test("a method that needs a value that is not there does not run, and the run is recorded", () =>
  withSecret(
    () => assert.fail("called"),
    {
      methods: {
        run: { arguments: { deep: [{ x: "a ${{ slef.name }}" }], env: "${{ env.NOPE }}" } },
      },
    },
    async (lab) => {
      const { message, code, fields } = await lab.fail("run");
      assert.equal(code, "unresolved_expression");
      const file = `models/@acme/thing/${(await lab.definitions.find("t1")).definition.id}.yaml`;
      assert.equal(
        message,
        'Method execution failed: Invalid expression: Unknown variable: slef. Did you mean "self"?\n' +
          `  methods.run.arguments.deep[0].x (${file}:12:21): \${{ slef.name }}\n` +
          '    Unknown variable: slef. Did you mean "self"?\n' +
          `  methods.run.arguments.env (${file}:13:21): \${{ env.NOPE }}\n` +
          "    No such key: NOPE (the environment variable is not set)",
      );
      assert.equal((fields.unresolved as unknown[]).length, 2);
      assert.equal((await lab.lastRecord()).status, "failed");
    },
  ));

Deno.test("a global argument without a value only matters to who reads it", () =>
  withSecret(
    (args, { globalArgs }) => {
      assert.equal(globalArgs.fine, "t1");
      if (args.read === true) return globalArgs.gone;
      if (args.read === "all") return { ...globalArgs };
    },
    { globalArguments: { fine: "${{ self.name }}", gone: { deep: "x ${{ inputs.q }}" } } },
    async (lab) => {
      const { warnings } = await lab.run("run");
      assert.equal(warnings?.[0]?.code, "unresolved_expression");
      assert.equal(warnings?.[0]?.path, "globalArguments.gone.deep");
      for (const read of [true, "all"]) {
        const { message } = await lab.fail("run", { inputs: { read } });
        assert.equal(
          message,
          "Unresolved expression in globalArguments.gone: ${{ inputs.q }} (No such key: q. Available: read)",
        );
      }
      await lab.run("run", { inputs: { read: true, q: "1" } });
    },
  ));

Deno.test("environment variables that a definition reads are named in the result", () =>
  withSecret(
    () => {},
    { globalArguments: { home: "${{ env.HOME }}" } },
    async (lab) => {
      const { warnings = [] } = await lab.run("run");
      const [{ code, modelName, envVars }] = warnings as [typeof warnings[number]];
      assert.deepEqual({ code, modelName, envVars }, {
        code: "env_var_usage",
        modelName: "t1",
        envVars: [{ path: "globalArguments.home", envVar: "HOME" }],
      });
    },
  ));

Deno.test("tags and the driver are evaluated, but never with a secret in them", () =>
  withSecret(
    async (_args, context) => {
      await context.writeResource("state", "main", {});
    },
    { tags: { region: "${{ env.REGION }}", who: "${{ self.name }}" }, driver: "${{ 'ra' + 'w' }}" },
    async (lab) => {
      await lab.run("run");
      const stored = await lab.definitions.find("t1");
      const data = await lab.data.get(
        { type: "@acme/thing", modelId: stored.definition.id },
        "main",
      );
      assert.equal(data?.metadata.tags.region, "eu");
      assert.equal(data?.metadata.tags.who, "t1");
      const tags = { secret: "${{ vault.get(v, k) }}" };
      await lab.definitions.replace(stored, { ...stored.definition, tags });
      assert.equal((await lab.fail("run")).code, "secret_in_tag");
    },
  ));

Deno.test("an upgrade changes the definition as it is written, not as it is evaluated", () =>
  withModel(
    {
      version: "2026.03.01.1",
      globalArguments: z.object({ zone: z.string() }),
      methods: {
        run: {
          description: "",
          arguments: z.object({}),
          execute: (_args: unknown, { globalArgs }: MethodContext) =>
            assert.deepEqual(globalArgs, { zone: "eu" }),
        },
      },
      upgrades: [{
        toVersion: "2026.03.01.1",
        description: "region is zone",
        upgradeAttributes: ({ region }: Record<string, unknown>) => ({ zone: region }),
      }],
    },
    async (lab) => {
      await lab.run("run");
      const { definition } = await lab.definitions.find("t1");
      assert.deepEqual(definition.globalArguments, { zone: "${{ env.REGION }}" });
    },
    { typeVersion: "2026.01.01.1", globalArguments: { region: "${{ env.REGION }}" } },
  ));

Deno.test("a method asks the vaults and queries data itself", () =>
  withSecret(
    async (_args, context) => {
      const secret = await context.vaultService.get("v", "k");
      assert.equal(secret, SECRET);
      assert.equal(context.redactor.redact(secret), "***");
      assert.deepEqual(await context.vaultService.getVaultNames(), ["v"]);
      await context.vaultService.put("v", "new", "value2");
      assert.deepEqual(await context.vaultService.list("v"), ["k", "new"]);
      await context.writeResource("state", "main", { n: 5 });
      assert.deepEqual(await context.queryData("attributes.n == 5", "name"), ["main"]);
    },
    {},
    async (lab) => void await lab.run("run"),
  ));
