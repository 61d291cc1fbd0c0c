import { deepEqual, equal } from "node:assert/strict";
import { method, sourceOf } from "../../model_source.ts";
import { createModel, runArgs, runMethod } from "../../models.ts";
import { fails, succeeds } from "../../outcomes.ts";
import { Repository, type Run } from "../../swamp.ts";

const WRITES = `const one = await context.writeResource("state", "one", { n: 1 });
    const two = await context.writeResource("state", "two", { n: 2 });`;

/** What methods return after writing `one` and `two` → the data that the run reports. */
const RETURNS: Readonly<Record<string, readonly [expression: string, reported: string[]]>> = {
  handles: ["{ dataHandles: [two] }", ["two"]],
  bothHandles: ["{ dataHandles: [two, one] }", ["two", "one"]],
  noHandles: ["{ dataHandles: [] }", ["one", "two"]],
  emptyMap: ["{}", ["one", "two"]],
  otherKeys: ["{ data: { n: 1 }, resource: 2 }", ["one", "two"]],
  nothing: ["", ["one", "two"]],
  nullValue: ["null", ["one", "two"]],
};

/** A repository with the model `m`. */
const repository = await Repository.create();
const methods = Object.entries(RETURNS)
  .map(([name, [expression]]) => method(name, `${WRITES} return ${expression};`));
repository.write(
  "extensions/models/returns.ts",
  sourceOf("@acme/returns", {
    methods: `{ ${methods.join("")}
      ${method("silent", "")}
      ${method("twice", `${WRITES} return { dataHandles: [one, one] };`)}
      ${
      method("shape", `${WRITES} await context.writeResource("state", "handle", { handle: one });`)
    }
    }`,
  }),
);
const { id } = await createModel(repository, "@acme/returns", "m");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const names = (document: Run["json"]) =>
  document.dataArtifacts.map((one: { name: string }) => one.name);

for (const [name, [expression, reported]] of Object.entries(RETURNS)) {
  Deno.test(`return ${expression || "nothing"} reports ${reported.join(" and ")}`, async () => {
    deepEqual(names(await runMethod(repository, "m", name)), reported);
  });
}

Deno.test("a method that writes and returns nothing succeeds with no data", async () => {
  const document = await runMethod(repository, "m", "silent");
  equal(document.status, "succeeded");
  deepEqual(document.dataArtifacts, []);
});

Deno.test("two handles of one name fail the run; the data is stored", async () => {
  const { error } = await fails(repository, runArgs("m", "twice"));
  equal(error, "Data output validation failed: Duplicate data instance name 'one'");
  equal((await succeeds(repository, ["data", "get", "m", "one"])).name, "one");
});

Deno.test("a handle tells what was stored", async () => {
  await runMethod(repository, "m", "shape");
  const { content } = await succeeds(repository, ["data", "get", "m", "handle"]);
  const { dataId, version, ...handle } = content.handle;
  const stored = await succeeds(repository, [
    ...["data", "get", "m", "one", "--version", String(version)],
  ]);
  equal(dataId, stored.id);
  equal(handle.name, "one");
  equal(handle.specName, "state");
  equal(handle.kind, "resource");
  equal(handle.size, stored.size);
  deepEqual(handle.tags, stored.tags);
  deepEqual(Object.keys(handle.metadata).sort(), [
    ...["contentType", "garbageCollection", "lifetime", "ownerDefinition", "streaming", "tags"],
  ]);
  equal(handle.metadata.ownerDefinition.ownerRef, id);
});
