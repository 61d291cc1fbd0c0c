import { deepEqual, equal, match } from "node:assert/strict";
import { createModel } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the models `b`, `a` and `web` in the order of their creation. */
const repository = await Repository.create();
const ids: Record<string, string> = {};
for (const name of ["b", "a", "web"]) {
  ids[name] = (await createModel(repository, "command/shell", name)).id;
}
Deno.test.afterAll(() => repository[Symbol.dispose]());

const names = ({ results }: Run["json"]) => results.map((one: { name: string }) => one.name);

Deno.test("without a query every model is listed, by name", async () => {
  const document = await succeeds(repository, ["model", "search"]);
  deepEqual(document, {
    query: "",
    results: ["a", "b", "web"].map((name) => ({ id: ids[name], name, type: "command/shell" })),
  });
});

Deno.test("a query is a substring of name, type or id, in any case", async () => {
  deepEqual(names(await succeeds(repository, ["model", "search", "WE"])), ["web"]);
  deepEqual(names(await succeeds(repository, ["model", "search", "Shell"])), ["a", "b", "web"]);
  deepEqual(names(await succeeds(repository, ["model", "search", ids["a"]!.toUpperCase()])), ["a"]);
});

Deno.test("one match is a list of one, as any other number of matches", async () => {
  deepEqual(await succeeds(repository, ["model", "search", "web"]), {
    query: "web",
    results: [{ id: ids["web"], name: "web", type: "command/shell" }],
  });
});

Deno.test("no match is an empty list and no failure", async () => {
  deepEqual(await succeeds(repository, ["model", "search", "zzz"]), { query: "zzz", results: [] });
});

Deno.test("an empty repository has an empty list", async () => {
  using fresh = await Repository.create();
  deepEqual(await succeeds(fresh, ["model", "search"]), { query: "", results: [] });
});

Deno.test("list is another name of search, and does not show in help", async () => {
  deepEqual(
    await succeeds(repository, ["model", "list", "web"]),
    await succeeds(repository, ["model", "search", "web"]),
  );
  const { stdout } = await repository.run(["model", "--help"]);
  equal(/^ +list\b/m.test(stdout), false);
});

Deno.test("without a terminal people get a table, not JSON", async () => {
  const { code, stdout, stderr } = await repository.run(["model", "search"]);
  equal(code, 0);
  equal(stderr, "");
  match(stdout, /^NAME +TYPE +ID$/m);
  match(stdout, new RegExp(`^web +command/shell +${ids["web"]}$`, "m"));
});

Deno.test("models of types that are not installed are listed", async () => {
  using fresh = await Repository.create();
  const id = crypto.randomUUID();
  fresh.write(`models/no/such/${id}.yaml`, `type: no/such\nid: ${id}\nname: lost\nversion: 1\n`);
  deepEqual((await succeeds(fresh, ["model", "search"])).results, [
    { id, name: "lost", type: "no/such" },
  ]);
});

Deno.test("only *.yaml files are models", async () => {
  using fresh = await Repository.create();
  const text = (name: string) => `id: ${crypto.randomUUID()}\nname: ${name}\nversion: 1\n`;
  fresh.write("models/command/shell/one.yaml", text("one"));
  fresh.write("models/command/shell/two.yml", text("two"));
  fresh.write("models/command/shell/three.yaml.bak", text("three"));
  deepEqual(names(await succeeds(fresh, ["model", "search"])), ["one"]);
});

Deno.test("a model that another process adds, changes or removes is seen at once", async () => {
  using fresh = await Repository.create();
  const file = "models/command/shell/mine.yaml";
  const id = crypto.randomUUID();
  fresh.write(file, `id: ${id}\nname: one\nversion: 1\n`);
  deepEqual(names(await succeeds(fresh, ["model", "search"])), ["one"]);
  fresh.write(file, `id: ${id}\nname: two\nversion: 1\n`);
  deepEqual(names(await succeeds(fresh, ["model", "search"])), ["two"]);
  Deno.removeSync(fresh.path(file));
  deepEqual(names(await succeeds(fresh, ["model", "search"])), []);
});
