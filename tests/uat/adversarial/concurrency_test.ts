import { deepEqual, equal } from "node:assert/strict";
import { modelSource } from "../extension_sources.ts";
import { Repository } from "../swamp.ts";

Deno.test("ten processes that start at once on a cold repository all succeed and build once [B40]", async () => {
  using repository = await Repository.create();
  for (let index = 0; index < 12; index++) {
    repository.write(`extensions/models/m${index}.ts`, modelSource(`@acme/m${index}`));
  }
  const runs = await Promise.all(
    Array.from(
      { length: 10 },
      () => repository.run(["model", "type", "search", "@acme", "--json"]),
    ),
  );
  for (const { code, json } of runs) {
    equal(code, 0);
    equal(json.results.length, 12);
  }
  const batches = [...Deno.readDirSync(repository.path(".swamp/bundles"))];
  equal(batches.length, 1, batches.map(({ name }) => name).join());
});

Deno.test("searches while sources are being edited see the old state or the new one", async () => {
  using repository = await Repository.create();
  const names = (round: number) => [`@acme/a${round}`, "@acme/fixed"];
  repository.write("extensions/models/fixed.ts", modelSource("@acme/fixed"));
  repository.write("extensions/models/a.ts", modelSource("@acme/a0"));
  for (let round = 1; round <= 4; round++) {
    const before = Array.from(
      { length: 3 },
      () => repository.run(["model", "type", "search", "@acme", "--json"]),
    );
    const temporary = repository.write(".new-source", modelSource(`@acme/a${round}`));
    Deno.renameSync(temporary, repository.path("extensions/models/a.ts"));
    for (const { code, json } of await Promise.all(before)) {
      equal(code, 0);
      const found = json.results.map((one: { raw: string }) => one.raw);
      const allowed = [names(round - 1), names(round)].map((list) => list.join());
      equal(allowed.includes(found.join()), true, found.join());
    }
  }
  const { json } = await repository.run(["model", "type", "search", "@acme", "--json"]);
  deepEqual(json.results.map((one: { raw: string }) => one.raw), names(4));
});
