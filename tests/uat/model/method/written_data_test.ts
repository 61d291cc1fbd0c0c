import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { isThere } from "../../background_run.ts";
import { method, sourceOf } from "../../model_source.ts";
import { createModel, dataContent, runArgs, runMethod } from "../../models.ts";
import { fails, succeeds } from "../../outcomes.ts";
import { Repository, type Run } from "../../swamp.ts";

const SPECS = `{
    state: {
      schema: z.object({}).passthrough(),
      lifetime: "infinite",
      garbageCollection: 5,
      tags: { from: "spec", kept: "yes" },
    },
    secret: {
      schema: z.object({ user: z.string(), password: z.string().meta({ sensitive: true }) }),
      lifetime: "infinite",
      garbageCollection: 5,
    },
  }`;

/** Bodies of methods, by name. */
const BODIES: Readonly<Record<string, string>> = {
  overrides: `await context.writeResource("state", "o", { a: 1 }, {
      lifetime: "2h", garbageCollection: 3, tags: { from: "writer" } });`,
  twice: `await context.writeResource("state", "t", { n: 1 });
    await context.writeResource("state", "t", { n: 2 });`,
  nope: 'await context.writeResource("nope", "x", {});',
  nopeFile: 'context.createFileWriter("nope", "x");',
  blank: 'await context.writeResource("state", " ", {});',
  reserved: 'await context.writeResource("state", "Latest", {});',
  traversal: 'await context.writeResource("state", "../x", {});',
  badLifetime: 'await context.writeResource("state", "x", {}, { lifetime: "soon" });',
  secret: 'await context.writeResource("secret", "s", { user: "u", password: "p" });',
  text: 'return { dataHandles: [await context.createFileWriter("log", "f").writeText("a\\nb")] };',
  bytes: 'await context.createFileWriter("log", "b", { contentType: "application/x-own" })' +
    ".writeAll(new Uint8Array([0, 255, 10]));",
  lines: `const writer = context.createFileWriter("log", "l");
    await writer.writeLine("one");
    await writer.writeLine("two");
    await writer.finalize();`,
  stream: `const lines = [];
    await context.createFileWriter("log", "s").writeStream(
      new Blob(["one\\ntwo"]).stream(), { onLine: (line) => lines.push(line) });
    await context.writeResource("state", "lines", { lines });`,
  path: `const writer = context.createFileWriter("log", "p");
    await Deno.writeTextFile(await writer.getFilePath(), "by path");
    await writer.finalize();`,
  finalizedTwice: `const writer = context.createFileWriter("log", "w");
    await writer.writeText("x");
    await writer.writeText("y");`,
  unused: 'await context.createFileWriter("log", "w").finalize();',
  unfinished: 'await context.createFileWriter("log", "u").writeLine("kept?");',
};

/** A repository with the model `w`. */
const repository = await Repository.create();
repository.write(
  "extensions/models/writer.ts",
  sourceOf("@acme/writer", {
    resources: SPECS,
    methods: `{ ${Object.entries(BODIES).map(([name, body]) => method(name, body)).join("")} }`,
  }),
);
const { id } = await createModel(repository, "@acme/writer", "w");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const record = (name: string) => succeeds(repository, ["data", "get", "w", name]);

Deno.test("one version is three things on disk: raw, metadata and the number of the latest", async () => {
  await runMethod(repository, "w", "twice");
  const folder = repository.path(".swamp/data/@acme/writer", id, "t");
  equal(Deno.readTextFileSync(`${folder}/latest`), "2");
  const raw = Deno.readTextFileSync(`${folder}/2/raw`);
  deepEqual(JSON.parse(raw), { n: 2 });
  const metadata = parse(Deno.readTextFileSync(`${folder}/2/metadata.yaml`));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(raw));
  match(metadata.id, /^[0-9a-f-]{36}$/);
  match(metadata.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const { id: _id, createdAt: _createdAt, ...rest } = metadata;
  deepEqual(rest, {
    name: "t",
    version: 2,
    contentType: "application/json",
    lifetime: "infinite",
    garbageCollection: 5,
    streaming: false,
    tags: { type: "resource", from: "spec", kept: "yes", specName: "state", modelName: "w" },
    ownerDefinition: rest.ownerDefinition,
    size: raw.length,
    checksum: new Uint8Array(digest).toHex(),
  });
  equal(rest.ownerDefinition.ownerType, "model-method");
  equal(rest.ownerDefinition.ownerRef, id);
});

Deno.test("every write makes a version, also within one run", async () => {
  await createModel(repository, "@acme/writer", "w2");
  const { dataArtifacts } = await runMethod(repository, "w2", "twice");
  deepEqual(
    dataArtifacts.filter((one: Run["json"]) => one.name === "t").map((one: Run["json"]) =>
      one.attributes.n
    ).at(-1),
    2,
  );
  deepEqual(await dataContent(repository, "w2", "t", 1), { n: 1 });
  deepEqual(await dataContent(repository, "w2", "t"), { n: 2 });
});

Deno.test("the writer's lifetime, retention and tags beat those of the spec", async () => {
  await runMethod(repository, "w", "overrides");
  const { lifetime, garbageCollection, tags } = await record("o");
  equal(lifetime, "2h");
  equal(garbageCollection, 3);
  equal(tags.from, "writer");
  equal(tags.kept, "yes");
});

Deno.test("tags of the definition are on its data, under those of the spec", async () => {
  const tagged = crypto.randomUUID();
  repository.write(
    `models/@acme/writer/${tagged}.yaml`,
    `type: '@acme/writer'\nid: ${tagged}\nname: tagged\nversion: 1\n` +
      "tags: { team: core, from: definition }\n",
  );
  await runMethod(repository, "tagged", "twice");
  const { tags } = await succeeds(repository, ["data", "get", "tagged", "t"]);
  equal(tags.team, "core");
  equal(tags.from, "spec");
});

/** Methods that must fail, and the message. */
const FAILURES: Readonly<Record<string, RegExp>> = {
  nope:
    /^Undeclared resource spec 'nope' in model '@acme\/writer'\. Declared resource specs: state, secret$/,
  nopeFile: /^Undeclared file spec 'nope' in model '@acme\/writer'\. Declared file specs: log$/,
  blank: /^Resource name must be a non-empty string for spec 'state' in model '@acme\/writer'$/,
  reserved:
    /^Data name 'Latest' is reserved for internal use in model '@acme\/writer'\. Use a different name\.$/,
  traversal: /must not contain '\.\.'/,
  badLifetime: /Duration must match pattern|lifetime/,
  secret:
    /^Cannot persist data: fields 'password' are marked as sensitive but no vault is configured\. Create a vault using: swamp vault create <type> <name>$/,
  finalizedTwice: /^DataWriter "w" has already been finalized$/,
  unused: /^DataWriter "w" has not been used — nothing to finalize$/,
};

for (const [name, message] of Object.entries(FAILURES)) {
  Deno.test(`${name} fails: ${message.source}`, async () => {
    const { error } = await fails(repository, runArgs("w", name));
    match(error, message);
    ok(!error.includes('"code"'), error);
  });
}

Deno.test("data that belongs to another owner is not written over", async () => {
  await runMethod(repository, "w", "twice");
  const folder = repository.path(".swamp/data/@acme/writer", id, "t");
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (!isDirectory) continue;
    const path = `${folder}/${name}/metadata.yaml`;
    const text = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, text.replace(/ownerRef: .*/, "ownerRef: somebody"));
  }
  const { version } = await record("t");
  equal(
    (await fails(repository, runArgs("w", "twice"))).error,
    'Ownership validation failed for "t": existing owner "model-method:somebody" ' +
      `does not match new owner "model-method:${id}"`,
  );
  equal((await record("t")).version, version);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a sensitive value that cannot be put away is nowhere on disk", async () => {
  await fails(repository, runArgs("w", "secret"));
  ok(!isThere(repository.path(".swamp/data/@acme/writer", id, "s/latest")));
  await fails(repository, ["data", "get", "w", "s"]);
});

/** Methods that write a file, its name and its content. */
const FILES: Readonly<Record<string, readonly [name: string, content: string]>> = {
  text: ["f", "a\nb"],
  lines: ["l", "one\ntwo\n"],
  stream: ["s", "one\ntwo"],
  path: ["p", "by path"],
};

for (const [name, [data, content]] of Object.entries(FILES)) {
  Deno.test(`a file writer's ${name} stores the file with size and checksum`, async () => {
    await runMethod(repository, "w", name);
    const stored = await record(data);
    equal(stored.content, content);
    equal(stored.contentType, "text/plain");
    equal(stored.lifetime, "7d");
    equal(stored.size, content.length);
    match(stored.checksum, /^[0-9a-f]{64}$/);
    deepEqual([stored.tags.type, stored.tags.specName], ["file", "log"]);
  });
}

Deno.test("a stream is also given line by line, the last one without a line end too", async () => {
  await runMethod(repository, "w", "stream");
  deepEqual(await dataContent(repository, "w", "lines"), { lines: ["one", "two"] });
});

Deno.test("bytes are stored as they are, and shown as base64", async () => {
  const { dataArtifacts } = await runMethod(repository, "w", "bytes");
  const [{ path }] = dataArtifacts.filter((one: Run["json"]) => one.name === "b");
  deepEqual([...Deno.readFileSync(`${path}/raw`)], [0, 255, 10]);
  const stored = await record("b");
  equal(stored.contentType, "application/x-own");
  equal(stored.contentEncoding, "base64");
  equal(stored.content, "AP8K");
});

Deno.test("a writer that was never finalized leaves either its data or nothing", async () => {
  await repository.run(runArgs("w", "unfinished"));
  const { code } = await repository.run(["data", "get", "w", "u"]);
  const folder = repository.path(".swamp/data/@acme/writer", id, "u");
  equal(isThere(`${folder}/1`), code === 0);
  equal(isThere(`${folder}/1/metadata.yaml`), code === 0);
});
