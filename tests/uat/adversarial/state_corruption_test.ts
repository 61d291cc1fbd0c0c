import { deepEqual, equal, match } from "node:assert/strict";
import { modelSource } from "../extension_sources.ts";
import { Repository } from "../swamp.ts";

const SEARCH = ["model", "type", "search", "@acme", "--json"];
const CATALOG = ".swamp/_extension_catalog.db";

async function warm(): Promise<Repository> {
  const repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  await repository.run(SEARCH);
  return repository;
}

const SPOILED: Readonly<Record<string, (repository: Repository) => void>> = {
  "the catalog holds garbage": (repository) => repository.write(CATALOG, "garbage ".repeat(500)),
  "the catalog is cut in half": (repository) => {
    const path = repository.path(CATALOG);
    Deno.truncateSync(path, Math.floor(Deno.statSync(path).size / 2));
  },
  "the catalog is empty": (repository) => repository.write(CATALOG, ""),
  "the catalog is a folder": (repository) => {
    Deno.removeSync(repository.path(CATALOG));
    Deno.mkdirSync(repository.path(CATALOG));
  },
  "the catalog is gone": (repository) => Deno.removeSync(repository.path(CATALOG)),
  "the bundles are gone": (repository) =>
    Deno.removeSync(repository.path(".swamp/bundles"), { recursive: true }),
  ".swamp is gone": (repository) => Deno.removeSync(repository.path(".swamp"), { recursive: true }),
};

for (const [state, spoil] of Object.entries(SPOILED)) {
  Deno.test(`when ${state}, types are found all the same`, async () => {
    using repository = await warm();
    spoil(repository);
    const { code, json } = await repository.run(SEARCH);
    equal(code, 0);
    deepEqual(json.results, [{ raw: "@acme/thing", normalized: "@acme/thing" }]);
    const again = await repository.run(SEARCH);
    equal(again.stderr, "", "healed for good");
  });
}

Deno.test("a damaged catalog is told once, with where the damaged file went", async () => {
  using repository = await warm();
  repository.write(CATALOG, "garbage ".repeat(500));
  const { stderr } = await repository.run(SEARCH);
  equal(stderr.trim().split("\n").length, 1);
  match(stderr, /_extension_catalog\.db\.bad-/);
});

Deno.test("a repository that was copied to another place works without building", async () => {
  using repository = await warm();
  const copy = Deno.makeTempDirSync();
  const copied = await new Deno.Command("cp", { args: ["-r", `${repository.root}/.`, copy] })
    .output();
  equal(copied.success, true);
  const { json, stderr } = await repository.run([...SEARCH, "--log-level", "trace"], { cwd: copy });
  deepEqual(json.results.length, 1);
  equal(stderr.includes("bundle"), false, stderr);
  Deno.removeSync(copy, { recursive: true });
});
