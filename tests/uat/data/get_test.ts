import { deepEqual, equal, match, ok } from "node:assert/strict";
import { method, sourceOf } from "../model_source.ts";
import { createModel, runMethod } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository with the model `t1`, whose data `main` has two versions. */
const repository = await Repository.create();
repository.write(
  "extensions/models/thing.ts",
  sourceOf("@acme/thing", {
    methods: `{
      ${
      method(
        "sync",
        'await context.writeResource("state", "main", { n: args.n });',
        "z.object({ n: z.number() })",
      )
    }
      ${method("notes", 'await context.createFileWriter("log", "notes").writeText("größer\\n");')}
      ${
      method(
        "bytes",
        `await context.createFileWriter("log", "bytes", {
        contentType: "application/octet-stream" }).writeAll(new Uint8Array([0, 200, 10]));`,
      )
    }
      ${method("big", `await context.createFileWriter("log", "big").writeText("x".repeat(2048));`)}
    }`,
  }),
);
const { id } = await createModel(repository, "@acme/thing", "t1");
for (const n of [1, 2]) await runMethod(repository, "t1", "sync", { n }, ["--skip-reports"]);
for (const name of ["notes", "bytes", "big"]) await runMethod(repository, "t1", name);
Deno.test.afterAll(() => repository[Symbol.dispose]());

const get = (...args: string[]) => succeeds(repository, ["data", "get", "t1", ...args]);

Deno.test("the latest version is shown with all that is known of it", async () => {
  const data = await get("main");
  match(data.id, /^[0-9a-f-]{36}$/);
  match(data.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  match(data.checksum, /^[0-9a-f]{64}$/);
  const { id: _id, createdAt: _createdAt, checksum: _checksum, ownerDefinition, ...rest } = data;
  equal(ownerDefinition.ownerType, "model-method");
  equal(ownerDefinition.ownerRef, id);
  deepEqual(rest, {
    name: "main",
    modelId: id,
    modelName: "t1",
    modelType: "@acme/thing",
    version: 2,
    contentType: "application/json",
    lifetime: "infinite",
    garbageCollection: 5,
    streaming: false,
    tags: { type: "resource", specName: "state", modelName: "t1" },
    lifecycle: "active",
    size: 7,
    contentPath: `.swamp/data/@acme/thing/${id}/main/2/raw`,
    content: { n: 2 },
  });
});

Deno.test("an earlier version is shown when asked for", async () => {
  const { version, content } = await get("main", "--version", "1");
  equal(version, 1);
  deepEqual(content, { n: 1 });
});

Deno.test("--no-content leaves the content out", async () => {
  const data = await get("main", "--no-content");
  equal("content" in data, false);
  equal(data.size, 7);
});

Deno.test("text is shown as text", async () => {
  equal((await get("notes")).content, "größer\n");
});

Deno.test("bytes that are no text are shown as base64", async () => {
  const { content, contentEncoding, size } = await get("bytes");
  equal(contentEncoding, "base64");
  equal(content, "AMgK");
  equal(size, 3);
});

Deno.test("a model of an extension type may be named by its id", async () => {
  const { modelName } = await succeeds(repository, ["data", "get", id, "main"]);
  equal(modelName, "t1");
});

Deno.test("people read what it is, then the content", async () => {
  const { stdout, stderr } = await repository.run(["data", "get", "t1", "main"]);
  equal(stderr, "");
  const [head, body] = stdout.split("\n\n");
  match(head!, /^Data: main \(v2\)$/m);
  match(head!, /^Model: t1 \(@acme\/thing\)$/m);
  match(head!, /^Content: application\/json, 7B$/m);
  match(head!, /^Lifetime: infinite \| GC: 5$/m);
  match(head!, /^Tags: .*specName=state/m);
  match(head!, new RegExp(`^Owner: model-method \\(${id}\\)$`, "m"));
  match(head!, /^Created: /m);
  match(head!, /^Path: \.swamp\/data\/.*\/main\/2\/raw$/m);
  deepEqual(JSON.parse(body!), { n: 2 });
});

Deno.test("sizes are short", async () => {
  const { stdout } = await repository.run(["data", "get", "t1", "big", "--no-content"]);
  match(stdout, /^Content: text\/plain, 2\.0KB$/m);
});

Deno.test("bytes changed on disk are told", async () => {
  using fresh = await Repository.create();
  await createModel(fresh, "command/shell", "sh");
  await runMethod(fresh, "sh", "execute", { run: "echo hi" });
  const { contentPath } = await succeeds(fresh, ["data", "get", "sh", "result"]);
  fresh.write(contentPath, '{"exitCode": 5}');
  const { code, stdout, stderr } = await fresh.run(["data", "get", "sh", "result", "--json"]);
  equal(code, 0);
  deepEqual(JSON.parse(stdout).content, { exitCode: 5 });
  match(stdout + stderr, /checksum/i);
});

/** Arguments of `data get` and what is said of them. */
const MISTAKES: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [[], /^Either a model name or --workflow is required\./],
  [["t1"], /^A data name is required\. Usage: swamp data get <model> <data_name>/],
  [
    ["--workflow", "wf"],
    /^A data name is required when using --workflow\. Usage: swamp data get --/,
  ],
  [["--workflow", "wf", "main", "more"], /^Too many arguments\. Usage: swamp data get --workflow /],
  [["--workflow", "wf", "main"], /^Workflow not found: wf$/],
  [["t1", "zz"], /^Data not found: "zz" for model "t1"$/],
  [["t1", "main", "--version", "99"], /^Data not found: "main" for model "t1" \(version 99\)$/],
  [["t1", "main", "--version", "x"], /^Option "--version" must be of type "\w+", but got "x"\.$/],
  [["t1", "main", "--version", "0"], /version/],
  [["t1", "main", "--version", "-1"], /version/],
  [["t1", "main", "--version", "1.5"], /version/],
  [["t1", "../../x"], /must not contain/],
  [["t1", "a/b"], /must not contain/],
  [["t1", "main", "more"], /^Too many arguments: more$/],
];

for (const [args, message] of MISTAKES) {
  Deno.test(`data get ${args.join(" ")}: ${message.source}`, async () => {
    const { error } = await fails(repository, ["data", "get", ...args]);
    match(error, message);
  });
}

Deno.test("a mistyped data name fails with the nearest one", async () => {
  const text = await complains(repository, ["data", "get", "t1", "mian"]);
  match(text, /^error: Data not found: "mian" for model "t1"\n/);
  match(text, /Did you mean "main"\?/);
});

Deno.test("reading changes nothing on disk", async () => {
  using fresh = await Repository.create();
  await createModel(fresh, "command/shell", "sh");
  await runMethod(fresh, "sh", "execute", { run: "echo hi" });
  const files = () =>
    [...Deno.readDirSync(fresh.path(".swamp"))].map(({ name }) => name).sort().join();
  const before = files();
  await succeeds(fresh, ["data", "get", "sh", "result"]);
  await succeeds(fresh, ["data", "list", "sh"]);
  equal(files(), before);
  ok(!before.includes(".datastore.lock"));
});
