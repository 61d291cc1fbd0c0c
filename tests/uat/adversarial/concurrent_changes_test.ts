import { deepEqual, equal } from "node:assert/strict";
import { createModel, runMethod } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository with the shell model `sh`. */
async function shellRepository(): Promise<{ repository: Repository; id: string }> {
  const repository = await Repository.create();
  const { id } = await createModel(repository, "command/shell", "sh");
  return { repository, id };
}

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

Deno.test("ten creates of different names all win", async () => {
  using repository = await Repository.create();
  await Promise.all(upTo(10).map((n) => createModel(repository, "command/shell", `m${n}`)));
  equal((await succeeds(repository, ["model", "search"])).results.length, 10);
});

Deno.test("of five deletes of one model exactly one wins", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  await runMethod(repository, "sh", "execute", { run: "true" });
  const runs = await Promise.all(
    upTo(5).map(() => repository.run(["model", "delete", "sh", "--force", "--json"])),
  );
  deepEqual(runs.map(({ code }) => code).sort(), [0, 1, 1, 1, 1]);
  for (const { code, json } of runs) {
    if (code === 1) equal(json.error, "Model not found: sh");
  }
});

Deno.test("of ten edits at once each takes effect whole, and the last one stays", async () => {
  const { repository, id } = await shellRepository();
  using _ = repository;
  const runs = await Promise.all(
    upTo(10).map((n) =>
      repository.run(["model", "edit", id, "--json"], {
        stdin: JSON.stringify({
          ...{ type: "command/shell", id, name: `sh${n}`, version: 1 },
          ...{ tags: { n: String(n) }, globalArguments: { fill: "x".repeat(n * 10_000) } },
        }),
      })
    ),
  );
  for (const { code, stderr } of runs) equal(code, 0, stderr);
  const { name, tags, globalArguments } = await succeeds(repository, ["model", "get", id]);
  equal(name, `sh${tags.n}`);
  equal(globalArguments.fill.length, Number(tags.n) * 10_000);
  equal((await succeeds(repository, ["model", "search"])).results.length, 1);
});

Deno.test("four inits of one folder at once leave one sound repository", async () => {
  using repository = await Repository.create();
  const folder = repository.path("new");
  const runs = await Promise.all(
    upTo(4).map(() => repository.run(["init", folder, "--tool", "none", "--json"])),
  );
  deepEqual(runs.map(({ code }) => code).sort(), [0, 1, 1, 1]);
  const { code } = await repository.run(["model", "search", "--repo-dir", folder]);
  equal(code, 0);
});
