import assert from "node:assert/strict";
import { join } from "@std/path";
import { runSwamp, swampArguments, withNewRepository } from "./swamp_process.ts";

const NOISY = `
import { z } from "npm:zod@4.3.6";
console.log("at import");
export const model = {
  type: "@acme/noisy",
  version: "2026.01.02.1",
  resources: { state: { schema: z.object({ n: z.number() }), lifetime: "1d", garbageCollection: 2 } },
  methods: {
    run: {
      description: "prints in every way",
      arguments: z.object({}),
      execute: async (_args, context) => {
        console.log("by console", { n: 1 });
        Deno.stdout.writeSync(new TextEncoder().encode("directly\\n"));
        (await import("node:process")).default.stdout.write("by node\\n");
        console.count("by counter");
        context.logger.info("by logger");
        context.logger.debug("in detail");
        await context.writeResource("state", "main", { n: 1 });
      },
    },
    hang: {
      description: "ends when it is told to",
      arguments: z.object({}),
      execute: (_args, { signal }) => new Promise((_, reject) => {
        console.error("hanging");
        const timer = setInterval(() => {}, 1000);
        signal.addEventListener("abort", () => {
          clearInterval(timer);
          reject(signal.reason);
        });
      }),
    },
  },
};
`;

/** Runs `test` in a repository with a model of the built-in shell and one of a noisy type. */
function withModels(test: (root: string) => Promise<void>): Promise<void> {
  return withNewRepository(async (root) => {
    await Deno.mkdir(join(root, "extensions/models"), { recursive: true });
    await Deno.writeTextFile(join(root, "extensions/models/noisy.ts"), NOISY);
    for (const [type, name] of [["command/shell", "shell"], ["@acme/noisy", "noisy"]] as const) {
      const { code, stderr } = await runSwamp(["model", "create", type, name], { cwd: root });
      assert.equal(code, 0, stderr);
    }
    await test(root);
  });
}

const run = (cwd: string, ...args: string[]) =>
  runSwamp(["model", "method", "run", ...args], { cwd });

Deno.test("in JSON mode stdout is the one document, whatever an extension prints", () =>
  withModels(async (root) => {
    const { code, stdout, stderr } = await run(root, "noisy", "run", "--json");
    assert.equal(code, 0, stderr);
    const { status, logFile } = JSON.parse(stdout);
    assert.equal(status, "succeeded");
    assert.match(stderr, /^at import$/m);
    assert.match(stderr, /^by console \{ n: 1 \}$/m);
    assert.match(stderr, /^directly$/m);
    assert.match(stderr, /^by node$/m);
    assert.match(stderr, /^by counter: 1$/m);
    const log = await Deno.readTextFile(logFile);
    for (const line of ["by console { n: 1 }", "by logger", "in detail"]) {
      assert.ok(log.includes(line), line);
    }
  }));

Deno.test("the log file is complete even if nothing of it is shown", () =>
  withModels(async (root) => {
    const { code, stdout, stderr } = await run(root, "noisy", "run", "--quiet");
    assert.equal(code, 0, stderr);
    const logFile = /^Log: (.*)$/m.exec(stdout)?.[1] ?? "";
    const log = await Deno.readTextFile(logFile);
    assert.match(
      log,
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \+00:00 \[INF\] model·method·run·noisy·run: Found model "noisy"/,
    );
    assert.match(log, /Method "run" completed on "noisy"\n$/);
  }));

Deno.test("in log mode lines of a command appear, its errors on stderr", () =>
  withModels(async (root) => {
    const { code, stdout, stderr } = await run(
      root,
      ...["shell", "execute", "--input", "run=echo out; echo err >&2"],
    );
    assert.equal(code, 0);
    assert.match(stdout, / INF model·method·run·shell·execute out$/m);
    assert.match(stderr, / WRN model·method·run·shell·execute err$/m);
    assert.match(stdout, /^✓ execute on shell succeeded in .*, writing result v1, log v1$/m);
  }));

Deno.test("a failing run is one document on both streams and exit code 1", () =>
  withModels(async (root) => {
    const { code, stdout, stderr } = await run(
      root,
      ...["shell", "execute", "--input", "run=exit 3", "--json"],
    );
    assert.equal(code, 1);
    assert.equal(stderr, stdout);
    const { error, status, modelName, methodName, dataArtifacts } = JSON.parse(stdout);
    assert.deepEqual({ error, status, modelName, methodName }, {
      error: "Command exited with code 3",
      status: "failed",
      modelName: "shell",
      methodName: "execute",
    });
    assert.deepEqual(dataArtifacts.map(({ name }: { name: string }) => name), ["result", "log"]);
  }));

Deno.test("in log mode the error comes last and once", () =>
  withModels(async (root) => {
    const { code, stdout, stderr } = await run(
      root,
      ...["shell", "execute", "--input", "run=exit 3"],
    );
    assert.equal(code, 1);
    assert.equal(stderr, "error: Command exited with code 3\n");
    assert.doesNotMatch(stdout, /exited with code/);
  }));

Deno.test("data of a run is listed and got", () =>
  withModels(async (root) => {
    const { code, stderr } = await run(root, "noisy", "run");
    assert.equal(code, 0, stderr);
    const listed = await runSwamp(["data", "list", "noisy", "--type", "resource", "--json"], {
      cwd: root,
    });
    const { groups, total } = JSON.parse(listed.stdout);
    assert.deepEqual([groups[0].items[0].name, total], ["main", 1]);
    const got = await runSwamp(["data", "get", "noisy", "main", "--version", "1", "--json"], {
      cwd: root,
    });
    assert.deepEqual(JSON.parse(got.stdout).content, { n: 1 });
  }));

for (
  const [args, message] of [
    [["get"], "Either a model name or --workflow is required."],
    [["get", "shell"], "A data name is required. Usage: swamp data get <model> <data_name>"],
    [
      ["get", "shell", "x", "--version", "0"],
      'Option "--version" must be an integer of 1 or more, but got "0".',
    ],
    [["get", "x", "--workflow", "wf"], "Workflow not found: wf"],
    [
      ["get", "x", "y", "--workflow", "wf"],
      "Too many arguments. Usage: swamp data get --workflow <name> <data_name>",
    ],
    [["list"], "Either a model name or --workflow is required."],
    [
      ["list", "shell", "--workflow", "wf"],
      "Cannot specify both a model and --workflow. Use one or the other.",
    ],
    [["list", "--workflow", "wf"], "Workflow not found: wf"],
  ] as const
) {
  Deno.test(`swamp data ${args.join(" ")} is refused`, () =>
    withModels(async (root) => {
      const { code, stdout } = await runSwamp(["data", ...args, "--json"], { cwd: root });
      assert.equal(code, 1);
      assert.equal(JSON.parse(stdout).error, message);
    }));
}

Deno.test("Ctrl-C ends a run with code 130, a record that says cancelled, and no lock", () =>
  withModels(async (root) => {
    const swamp = new Deno.Command(Deno.execPath(), {
      args: swampArguments(["model", "method", "run", "noisy", "hang", "--json"]),
      ...{ cwd: root, stdin: "null", stdout: "piped", stderr: "piped" },
    }).spawn();
    const stdout = new Response(swamp.stdout).text();
    let told = "";
    for await (const chunk of swamp.stderr.pipeThrough(new TextDecoderStream())) {
      const isReady = !told.includes("hanging") && (told += chunk).includes("hanging");
      if (isReady) swamp.kill("SIGINT");
    }
    assert.equal((await swamp.status).code, 130);
    const { error, status, modelId, logFile } = JSON.parse(await stdout);
    assert.deepEqual([error, status], ["cancelled", "failed"]);
    const record = await Deno.readTextFile(logFile.replace(/\.log$/, ".yaml"));
    assert.match(record, /^status: failed$/m);
    assert.match(record, /^ {2}message: cancelled$/m);
    const lock = join(root, ".swamp/data/@acme/noisy", modelId, ".lock");
    await assert.rejects(Deno.stat(lock), Deno.errors.NotFound);
  }));
