import { deepEqual, equal, match, ok } from "node:assert/strict";
import { method, sourceOf } from "../../model_source.ts";
import { createModel, dataContent, runArgs, runMethod } from "../../models.ts";
import { fails, succeeds } from "../../outcomes.ts";
import { Repository, type Run } from "../../swamp.ts";

const WRITE = 'await context.writeResource("state", "main", { n: 1 });';

/** Methods of a life: their names alone tell what they do to the resource. */
const METHODS = [
  method("create", `${WRITE} await context.createFileWriter("log", "notes").writeText("kept");`),
  method("get", 'await context.writeResource("state", "main", { n: 2 });'),
  method("update", 'await context.writeResource("state", "main", { n: 3 });'),
  method("list", ""),
  method("sync", WRITE),
  method("delete", ""),
  method("remove", 'throw new Error("could not remove");'),
  method("clear", "", undefined, '\n    kind: "delete",'),
  method("peek", "", undefined, '\n    kind: "read",'),
  method("destroy", `await context.writeResource("state", "left", { existed: true });`),
].join("");

const repository = await Repository.create();
repository.write(
  "extensions/models/life.ts",
  sourceOf("@acme/life", { methods: `{ ${METHODS} }` }),
);
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** A new model whose resource `main` exists. */
async function created(): Promise<string> {
  const id = crypto.randomUUID();
  repository.write(
    `models/@acme/life/${id}.yaml`,
    `type: '@acme/life'\nid: ${id}\nname: m-${id}\nversion: 1\n`,
  );
  await runMethod(repository, `m-${id}`, "create", {}, ["--skip-reports"]);
  return `m-${id}`;
}

for (const deletion of ["delete", "clear"]) {
  Deno.test(`${deletion} marks every resource as deleted, and no file`, async () => {
    const model = await created();
    const { dataArtifacts } = await runMethod(repository, model, deletion);
    deepEqual(dataArtifacts.map((one: Run["json"]) => [one.name, one.lifecycle]), [
      ["main", "deleted"],
    ]);
    const marker = await succeeds(repository, ["data", "get", model, "main"]);
    equal(marker.version, 2);
    equal(marker.lifecycle, "deleted");
    equal(marker.content.n, 1);
    equal(marker.content.deletedByMethod, deletion);
    match(marker.content.deletedAt, /^\d{4}-\d\d-\d\dT/);
    equal(await dataContent(repository, model, "notes"), "kept");
  });
}

Deno.test("the marker keeps the id of the version that it ends", async () => {
  const model = await created();
  const { id } = await succeeds(repository, ["data", "get", model, "main"]);
  await runMethod(repository, model, "delete");
  equal((await succeeds(repository, ["data", "get", model, "main"])).id, id);
});

Deno.test("earlier versions can still be read", async () => {
  const model = await created();
  await runMethod(repository, model, "delete");
  deepEqual(await dataContent(repository, model, "main", 1), { n: 1 });
});

Deno.test("deleting again marks nothing", async () => {
  const model = await created();
  await runMethod(repository, model, "delete");
  deepEqual((await runMethod(repository, model, "delete")).dataArtifacts, []);
});

Deno.test("a deletion that fails marks nothing", async () => {
  const model = await created();
  await fails(repository, runArgs(model, "remove"));
  const { version } = await succeeds(repository, ["data", "get", model, "main"]);
  equal(version, 1);
});

Deno.test("what the deleting method writes itself is not marked", async () => {
  const model = await created();
  await runMethod(repository, model, "destroy");
  deepEqual(await dataContent(repository, model, "left"), { existed: true });
});

for (
  const [deletion, text] of [
    ["delete", "marking main as deleted"],
    ["destroy", "writing left v1, marking main as deleted"],
  ] as const
) {
  Deno.test(`people read what ${deletion} marked as deleted and what it wrote`, async () => {
    const model = await created();
    const { stdout } = await repository.run([...runArgs(model, deletion), "--skip-reports"]);
    match(stdout, new RegExp(`^✓ ${deletion} on ${model} succeeded in .*, ${text}$`, "m"));
  });
}

Deno.test("deleted resources are hidden from the list of data", async () => {
  const model = await created();
  await runMethod(repository, model, "delete", {}, ["--skip-reports"]);
  const { groups } = await succeeds(repository, ["data", "list", model]);
  const names = groups.flatMap((group: Run["json"]) => group.items)
    .map((item: { name: string }) => item.name);
  ok(!names.includes("main"), names.join());
});

for (const name of ["get", "update", "peek"]) {
  Deno.test(`${name} is refused while everything is deleted`, async () => {
    const model = await created();
    await runMethod(repository, model, "delete");
    const { error } = await fails(repository, runArgs(model, name));
    match(
      error,
      /^Resource 'main' was deleted at \d{4}-\d\d-\d\dT[\d:.]+Z — run a 'create' method to re-create it first$/,
    );
  });
}

for (const name of ["list", "sync", "create"]) {
  Deno.test(`${name} is not refused`, async () => {
    const model = await created();
    await runMethod(repository, model, "delete");
    equal((await runMethod(repository, model, name)).status, "succeeded");
  });
}

Deno.test("a new write brings the resource back", async () => {
  const model = await created();
  await runMethod(repository, model, "delete");
  await runMethod(repository, model, "create");
  equal((await runMethod(repository, model, "update")).status, "succeeded");
  const { version, content } = await succeeds(repository, ["data", "get", model, "main"]);
  equal(version, 4);
  deepEqual(content, { n: 3 });
});

Deno.test("a model without any resource may be read and updated", async () => {
  await createModel(repository, "@acme/life", "fresh");
  equal((await runMethod(repository, "fresh", "get")).status, "succeeded");
});
