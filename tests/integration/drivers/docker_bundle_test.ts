import { deepEqual, equal, match, ok } from "node:assert/strict";
import { z } from "zod";
import type { Definition } from "../../../src/domain/models/definition.ts";
import { type FakeDocker, withFakeDocker } from "../../fixtures/fake_docker.ts";
import { type Lab, withModel } from "../runs/method_runs.ts";

const THING = {
  globalArguments: z.object({ region: z.string().default("eu"), home: z.string().optional() }),
  resources: {
    state: { schema: z.looseObject({}), lifetime: "7d", garbageCollection: 2 },
  },
  files: { log: { contentType: "text/plain", lifetime: "7d", garbageCollection: 2 } },
  methods: {
    run: {
      description: "",
      arguments: z.object({ n: z.number().default(1), when: z.coerce.date().optional() }),
      execute: () => Promise.reject(new Error("The method ran in swamp itself")),
    },
  },
};

/**
 * Runs `test` with a model whose method `run` is executed in a container.
 *
 * @param body of the method there, which sees `args` and `context`.
 */
function inContainer(
  body: string,
  test: (lab: Lab, docker: FakeDocker) => Promise<void>,
  more: Partial<Definition> = {},
): Promise<void> {
  const source = `${DATED_SOURCE}export const model = {
    resources: { state: { lifetime: "7d", garbageCollection: 2 } },
    methods: { run: { arguments: DATED, execute: async (args, context) => { ${body} } } },
  };`;
  return withFakeDocker((docker) =>
    withModel(
      THING,
      (lab) => test(lab, docker),
      {
        driver: "docker",
        ...more,
        driverConfig: { image: "img", command: docker.path, ...more.driverConfig },
      },
      undefined,
      { bundle: () => Promise.resolve(new TextEncoder().encode(source)) },
    )
  );
}

Deno.test("a method writes from its container as it does from swamp", () =>
  inContainer(
    `const state = await context.writeResource("state", "main", { ...args, ...context.globalArgs });
    const log = await context.createFileWriter("log", "out", { lifetime: "1h" }).writeText("é\\n");
    await context.writeResource("state", "unnamed", {});
    return { dataHandles: [log, state] };`,
    async (lab, docker) => {
      const { dataArtifacts } = await lab.run("run", { inputs: { n: "5" } });
      deepEqual(dataArtifacts.map(({ name }) => name), ["out", "main"]);
      deepEqual(await lab.json("main"), { n: 5, region: "eu" });
      equal(await lab.text("out"), "é\n");
      deepEqual(await lab.json("unnamed"), {});
      const scope = { type: "@acme/thing", modelId: (await lab.lastRecord()).definitionId };
      equal((await lab.data.get(scope, "out"))?.metadata.lifetime, "1h");
      equal((await lab.data.get(scope, "main"))?.metadata.lifetime, "7d");
      const [call = []] = await docker.calls();
      deepEqual(call.slice(-5), ["img", "deno", "run", "--allow-all", "/swamp/runner.js"]);
    },
  ));

Deno.test("what a method prints anywhere is shown, and cannot be taken for its result", () =>
  inContainer(
    `console.log("from console.log");
    console.error("from console.error");
    Deno.stdout.writeSync(new TextEncoder().encode('{"resources":[],"files":[]}'));
    await new Deno.Command("sh", { args: ["-c", "printf 'from a child'"] }).spawn().status;
    await context.writeResource("state", "main", { ok: true });`,
    async (lab) => {
      await lab.run("run");
      deepEqual(await lab.json("main"), { ok: true });
      const shown = lab.shown.map(({ message }) => message).join("\n");
      for (const text of ["console.log", "console.error", "a child"]) {
        ok(shown.includes(`from ${text}`), shown);
      }
      ok(!/swamp-[0-9a-f]{32}/.test(shown), shown);
    },
  ));

Deno.test("the logger has all levels, and renders as in swamp", () =>
  inContainer(
    `for (const level of ["trace", "debug", "info", "warn", "warning", "error", "fatal"]) {
      context.logger[level]("at {level}\\nand on", { level });
    }
    context.onEvent({ type: "output", stream: "stderr", line: "an event" });`,
    async (lab) => {
      await lab.run("run");
      const shown = lab.shown.map(({ level, message }) => `${level} ${message}`);
      for (const level of ["trace", "debug", "info", "warning", "error", "fatal"]) {
        ok(shown.includes(`${level} at "${level}"\nand on`), shown.join("\n"));
      }
      ok(shown.includes('warning at "warn"\nand on'));
      ok(shown.includes("warning an event"));
    },
  ));

Deno.test("own data can be read, with what the method itself has just written", () =>
  inContainer(
    `const { dataRepository: data, modelType: type, modelId: id } = context;
    const text = (bytes) => bytes && new TextDecoder().decode(bytes);
    const before = await context.readResource("main");
    await context.writeResource("state", "main", { n: (before?.n ?? 0) + 1 });
    const main = await data.findByName(type, id, "main");
    await context.writeResource("state", "seen", {
      before,
      after: await context.readResource("main"),
      first: text(await data.getContent(type, id, "main", 1)),
      none: await data.getContent(type, id, "nothing"),
      versions: await data.listVersions(type, id, "main"),
      names: (await data.findAllForModel(type, id)).map(({ name }) => name).sort(),
      view: [main.version, main.createdAt instanceof Date, main.tags.specName, main.isDeleted],
    });`,
    async (lab) => {
      await lab.run("run", { reports: NO_REPORTS });
      await lab.run("run", { reports: NO_REPORTS });
      deepEqual(await lab.json("seen"), {
        ...{ before: { n: 1 }, after: { n: 2 }, first: '{"n":1}', none: null, versions: [1, 2] },
        ...{ names: ["main", "seen"], view: [2, true, "state", false] },
      });
    },
  ));

Deno.test("what a container cannot have says so", () =>
  inContainer(
    `const errors = [];
    const note = (work) => work.catch((error) => errors.push(error.message));
    await note(context.queryData("true"));
    await note(context.vaultService.get("v", "k"));
    await note(context.dataRepository.getContent("@acme/other", "another id", "x"));
    await note(context.dataRepository.delete(context.modelType, context.modelId, "x"));
    await context.writeResource("state", "main", { errors });`,
    async (lab) => {
      await lab.run("run");
      deepEqual((await lab.json("main")).errors, [
        "context.queryData is not there in a container; the driver raw has it",
        "context.vaultService.get is not there in a container; the driver raw has it",
        "In a container there is only the data of the model that runs; the driver raw has all of it",
        "In a container data is written with writeResource and createFileWriter only",
      ]);
    },
  ));

Deno.test("writers work as in swamp, and what is not finalized is kept", () =>
  inContainer(
    `const lines = context.createFileWriter("log", "lines");
    await lines.writeLine("one");
    await lines.writeLine("two");
    const path = context.createFileWriter("log", "path");
    await Deno.writeFile(await path.getFilePath(), new Uint8Array([0, 255, 1]));
    await path.finalize();
    const got = [];
    const stream = ReadableStream.from(["a\\nb", "c"].map((text) => new TextEncoder().encode(text)));
    const writer = context.createFileWriter("log", "stream");
    await writer.writeStream(stream, { onLine: (line) => got.push(line) });
    const again = await writer.writeText("x").catch(({ message }) => message);
    await context.writeResource("state", "main", { got, again });`,
    async (lab) => {
      await lab.run("run");
      equal(await lab.text("lines"), "one\ntwo\n");
      equal(await lab.text("stream"), "a\nbc");
      const { definitionId: modelId } = await lab.lastRecord();
      const path = await lab.data.get({ type: "@acme/thing", modelId }, "path");
      deepEqual(await lab.data.content(path!), new Uint8Array([0, 255, 1]));
      deepEqual(await lab.json("main"), {
        ...{ got: ["a", "bc"], again: 'DataWriter "stream" has already been finalized' },
      });
    },
  ));

Deno.test("a method that throws fails with its text, and what it wrote before is kept", () =>
  inContainer(
    `await context.writeResource("state", "half", { half: true });
    console.error("noise");
    throw new Error("kaput");`,
    async (lab) => {
      const { message } = await lab.fail("run");
      equal(message, "kaput");
      deepEqual(await lab.json("half"), { half: true });
      const { error, artifacts } = await lab.lastRecord();
      match(error?.stack ?? "", /^Error: kaput\n\s+at .*bundle\.js/);
      deepEqual(artifacts.dataArtifacts.map(({ name }) => name), ["half"]);
    },
  ));

for (
  const [what, body, text] of [
    ["ends its process", "Deno.exit(0);", /^The method called Deno\.exit\(0\)/],
    [
      "leaves a promise behind",
      `Promise.reject(new Error("forgotten")); await new Promise((done) => setTimeout(done, 5e3));`,
      /^forgotten$/,
    ],
    ["throws a text", `throw "only text";`, /^only text$/],
    [
      "writes what is not declared",
      `await context.writeResource("nope", "main", {});`,
      /^Undeclared resource spec 'nope' in model '@acme\/thing'. Declared resource specs: state$/,
    ],
    [
      "writes under a reserved name",
      `await context.writeResource("state", "latest", {});`,
      /^Data name 'latest' is reserved/,
    ],
    [
      "kills its process",
      `await new Promise(() => Deno.kill(Deno.pid, "SIGKILL"));`,
      /^Container exited with code 137$/,
    ],
  ] as const
) {
  Deno.test(`a method that ${what} fails the run`, () =>
    inContainer(body, async (lab) => match((await lab.fail("run")).message, text)));
}

Deno.test("a global argument without a value refuses to be read", () =>
  inContainer(
    `await context.writeResource("state", "main", { keys: Object.keys(context.globalArgs) });
    return context.globalArgs.home;`,
    async (lab) => {
      const { message } = await lab.fail("run");
      match(message, /^Unresolved expression in globalArguments\.home: \$\{\{ model\.no/);
      deepEqual(await lab.json("main"), { keys: ["region", "home"] });
    },
    { globalArguments: { home: "${{ model.no.resource.state.main.attributes.x }}" } },
  ));

Deno.test("data whose content is gone is not there, and keeps no method from running", () =>
  inContainer(
    `const { dataRepository: data, modelType: type, modelId: id } = context;
    const content = await data.getContent(type, id, "main");
    await context.writeResource("state", content === null ? "main" : "seen", {});`,
    async (lab) => {
      const { dataArtifacts } = await lab.run("run", { reports: NO_REPORTS });
      await Deno.remove(`${dataArtifacts[0]!.path}/raw`);
      const again = await lab.run("run", { reports: NO_REPORTS });
      deepEqual(again.dataArtifacts.map(({ name }) => name), ["main"]);
    },
  ));

Deno.test("a secret that is gone fails who reads it, and nobody else", () =>
  inContainer(
    `if (args.n === 1) {
      await context.writeResource("state", "main", { key: "\${{ vault.get('nov', 'gone') }}" });
    }
    if (args.n === 3) await context.readResource("main");`,
    async (lab) => {
      await lab.run("run", { inputs: { n: 1 }, reports: NO_REPORTS });
      await lab.run("run", { inputs: { n: 2 }, reports: NO_REPORTS });
      const { message } = await lab.fail("run", { inputs: { n: 3 }, reports: NO_REPORTS });
      match(message, /^Failed to resolve vault expression vault\.get\(nov, gone\): Vault 'nov'/);
    },
  ));

Deno.test("the method is told when it is to end, and its files are removed", () =>
  inContainer(
    `console.log("waiting");
    await new Promise((done) => context.signal.addEventListener("abort", done));
    await context.writeResource("state", "main", { aborted: context.signal.aborted });`,
    async (lab, docker) => {
      const { message } = await lab.fail("run");
      equal(message, "Docker bundle execution timed out after 3000ms");
      deepEqual(await lab.json("main"), { aborted: true });
      const [folder = ""] = await docker.folders();
      equal(await Deno.stat(folder).catch(() => "gone"), "gone");
    },
    { driverConfig: { timeout: 3_000 } },
  ));

Deno.test("arguments are in the container what their schema makes of them", () =>
  inContainer(
    `await context.writeResource("state", "main", {
      ...{ isDate: args.when instanceof Date, year: args.when.getUTCFullYear() },
    });`,
    async (lab) => {
      await lab.run("run", { inputs: { when: "2026-03-01" } });
      deepEqual(await lab.json("main"), { isDate: true, year: 2026 });
    },
  ));

/** Stands for a schema of zod's that makes a date of `when`. */
const DATED_SOURCE = `const DATED = {
  safeParseAsync: (given) => {
    const dated = given.when === undefined ? given : { ...given, when: new Date(given.when) };
    return Promise.resolve({ success: true, data: dated });
  },
};
`;

const NO_REPORTS = { skipAll: true, skipNames: [], skipLabels: [], names: [], labels: [] };
