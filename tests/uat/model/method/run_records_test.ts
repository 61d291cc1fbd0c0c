import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { modelSource } from "../../extension_sources.ts";
import { halfSource } from "../../model_source.ts";
import { createModel, runArgs, runMethod } from "../../models.ts";
import { fails, succeeds } from "../../outcomes.ts";
import { Repository, type Run } from "../../swamp.ts";

/** A repository with models of two extension types, `t1` and `h1`, and the shell model `sh`. */
const repository = await Repository.create();
repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
repository.write("extensions/models/half.ts", halfSource());
const { id } = await createModel(repository, "@acme/thing", "t1", { region: "eu" });
await createModel(repository, "command/shell", "sh");
await createModel(repository, "@acme/half", "h1");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The run record of an output. */
function recordOf({ logFile }: Run["json"], outputId: string): Run["json"] {
  const folder = logFile.slice(0, logFile.lastIndexOf("/"));
  for (const { name } of Deno.readDirSync(folder)) {
    if (!name.endsWith(".yaml")) continue;
    const record = parse(Deno.readTextFileSync(`${folder}/${name}`));
    if (record.id === outputId) return { ...record, fileName: name };
  }
  throw new Error(`No run record of ${outputId} in ${folder}`);
}

Deno.test("the run record of a success is complete", async () => {
  const document = await runMethod(repository, "t1", "sync");
  const record = recordOf(document, document.outputId);
  equal(record.definitionId, id);
  equal(record.methodName, "sync");
  equal(record.status, "succeeded");
  match(record.startedAt, ISO);
  match(record.completedAt, ISO);
  ok(record.completedAt >= record.startedAt);
  ok(Number.isInteger(record.durationMs));
  equal(record.retryCount, 0);
  match(record.provenance.definitionHash, /^[0-9a-f]{64}$/);
  equal(record.provenance.modelVersion, "2026.01.02.1");
  equal(record.provenance.triggeredBy, "manual");
  equal(repository.path(record.logFile), document.logFile);
  equal(record.fileName, `${id}-${record.startedAt.replace(/[:.]/g, "-")}.yaml`);
  deepEqual(
    record.artifacts.dataArtifacts.map((one: Run["json"]) => [one.dataId, one.name, one.version]),
    document.dataArtifacts.map((one: Run["json"]) => [one.id, one.name, one.version]),
  );
});

Deno.test("a failed run keeps what it wrote, and its record lists it", async () => {
  const document = await fails(repository, runArgs("h1", "half"));
  equal(document.error, "second half failed");
  deepEqual(document.dataArtifacts.map((one: Run["json"]) => one.name), ["first"]);
  const record = recordOf(document, document.outputId);
  equal(record.status, "failed");
  equal(record.error.message, "second half failed");
  match(record.completedAt, ISO);
  deepEqual(record.artifacts.dataArtifacts.map((one: Run["json"]) => one.name), ["first"]);
  deepEqual((await succeeds(repository, ["data", "get", "h1", "first"])).content, { n: 1 });
});

for (const flags of [[], ["--json"], ["-q"], ["--log-level", "error"]]) {
  Deno.test(`the log file is complete with ${flags.join(" ") || "no flags"}`, async () => {
    const folder = repository.path(".swamp/outputs/@acme/thing/sync");
    const before = new Set([...Deno.readDirSync(folder)].map(({ name }) => name));
    equal((await repository.run([...runArgs("t1", "sync"), ...flags])).code, 0);
    const added = [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => name.endsWith(".log") && !before.has(name));
    equal(added.length, 1);
    const text = Deno.readTextFileSync(`${folder}/${added[0]}`);
    match(
      text,
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \+00:00 \[INF\] model·method·run·t1·sync: Found model/,
    );
    match(text, /syncing "i-1"/);
    match(text, /Data saved to/);
    match(text, /Method "sync" completed on "t1"/);
  });
}

Deno.test("the hash of a record is that of the definition as JSON with sorted keys", async () => {
  const document = await runMethod(repository, "sh", "execute", { run: "true" });
  const definition = {
    globalArguments: {},
    id: document.modelId,
    methods: {},
    name: "sh",
    tags: {},
    version: 1,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(definition));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  equal(recordOf(document, document.outputId).provenance.definitionHash, hash);
});

Deno.test("the evaluated definition is kept, and used again with --last-evaluated", async () => {
  const changing = crypto.randomUUID();
  const define = (word: string) =>
    repository.write(
      `models/command/shell/${changing}.yaml`,
      `type: command/shell\nid: ${changing}\nname: changing\nversion: 1\n` +
        `methods: { execute: { arguments: { run: "echo ${word}" } } }\n`,
    );
  define("first");
  await runMethod(repository, "changing", "execute");
  const kept = parse(Deno.readTextFileSync(
    repository.path(`.swamp/definitions-evaluated/command/shell/${changing}.yaml`),
  ));
  equal(kept.id, changing);
  equal(kept.methods.execute.arguments.run, "echo first");
  define("second");
  const { dataArtifacts } = await runMethod(repository, "changing", "execute", {}, [
    "--last-evaluated",
  ]);
  equal(dataArtifacts[0].attributes.stdout, "first");
});

Deno.test("an evaluated definition that is damaged is named, with the way out", async () => {
  const { modelId } = await runMethod(repository, "sh", "execute", { run: "true" });
  const file = `.swamp/definitions-evaluated/command/shell/${modelId}.yaml`;
  repository.write(file, "name: [");
  const run = [...runArgs("sh", "execute", { run: "true" }), "--last-evaluated"];
  const { error } = await fails(repository, run);
  ok(error.startsWith(`The evaluated definition ${file} could not be read: `), error);
  match(error, /Run the method without --last-evaluated to write it anew\.$/);
});
