import { deepEqual, equal, match, ok } from "node:assert/strict";
import { modelSource } from "../../extension_sources.ts";
import { Repository, swamp } from "../../swamp.ts";

Deno.test("without a query every type is listed, built-ins first, then by name", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/b.ts", modelSource("@acme/b"));
  repository.write("extensions/models/a.ts", modelSource("@Acme::A"));
  const { code, json, stderr } = await repository.run(["model", "type", "search", "--json"]);
  equal(code, 0);
  equal(stderr, "");
  deepEqual(json, {
    query: "",
    results: [
      { raw: "command/shell", normalized: "command/shell" },
      { raw: "@Acme::A", normalized: "@acme/a" },
      { raw: "@acme/b", normalized: "@acme/b" },
    ],
  });
});

Deno.test("a query is a substring of the name, in any case", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/a.ts", modelSource("@acme/vpc-peering"));
  repository.write("extensions/models/b.ts", modelSource("@acme/subnet"));
  const { json } = await repository.run(["model", "type", "search", "VPC", "--json"]);
  deepEqual(json, {
    query: "VPC",
    results: [{ raw: "@acme/vpc-peering", normalized: "@acme/vpc-peering" }],
  });
});

Deno.test("nothing found is no failure and comes with a hint", async () => {
  const { code, json } = await swamp(["model", "type", "search", "zzz", "--json"], { cwd: "/" });
  equal(code, 0);
  deepEqual(json, {
    query: "zzz",
    results: [],
    hint: "No local types matched. Try: swamp extension search zzz",
  });
});

Deno.test("outside a repository there are the built-ins, and nothing is created", async () => {
  const folder = Deno.makeTempDirSync();
  const { json } = await swamp(["model", "type", "search", "--json"], { cwd: folder });
  deepEqual(json.results, [{ raw: "command/shell", normalized: "command/shell" }]);
  deepEqual([...Deno.readDirSync(folder)], []);
  Deno.removeSync(folder);
});

Deno.test("people get a ranked table and near misses under a heading of their own", async () => {
  using repository = await Repository.create();
  for (const name of ["eip-vpc", "vpc-peering", "vpc", "vps"]) {
    repository.write(`extensions/models/${name}.ts`, modelSource(`@acme/${name}`));
  }
  const { stdout } = await repository.run(["model", "type", "search", "vpc"]);
  const names = stdout.split("\n").map((line) => line.split(" ")[0]);
  deepEqual(names.filter((name) => name?.startsWith("@")), [
    "@acme/vpc",
    "@acme/vpc-peering",
    "@acme/eip-vpc",
    "@acme/vps",
  ]);
  ok(names.indexOf("Related") > names.indexOf("@acme/eip-vpc"));
  match(stdout, /^TYPE +VERSION +DESCRIPTION$/m);
  match(stdout, /@acme\/vpc +2026\.01\.02\.1 +What is known of it/);
});

Deno.test("list is another name of search", async () => {
  const { json } = await swamp(["model", "type", "list", "--json"], { cwd: "/" });
  deepEqual(json.results, [{ raw: "command/shell", normalized: "command/shell" }]);
});

Deno.test("a source folder can be set in .swamp.yaml, and a variable beats it", async () => {
  using repository = await Repository.create();
  const settings = Deno.readTextFileSync(repository.path(".swamp.yaml"));
  repository.write(".swamp.yaml", `${settings}modelsDir: lib/models\n`);
  repository.write("lib/models/a.ts", modelSource("@acme/setting"));
  repository.write("other/a.ts", modelSource("@acme/variable"));
  const args = ["model", "type", "search", "@acme", "--json"];
  deepEqual((await repository.run(args)).json.results.map((one: { raw: string }) => one.raw), [
    "@acme/setting",
  ]);
  const { json } = await repository.run(args, { env: { SWAMP_MODELS_DIR: "other" } });
  deepEqual(json.results.map((one: { raw: string }) => one.raw), ["@acme/variable"]);
});
