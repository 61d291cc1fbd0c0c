import { deepEqual, equal, match } from "node:assert/strict";
import { fails, NOWHERE, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { FILES_TYPE } from "../vault/vaults.ts";

/** A type of each kind, its source, and how it is called. */
const KINDS = [
  { kind: "vault", type: "@acme/files", source: FILES_TYPE, name: "Files" },
  {
    kind: "driver",
    type: "@acme/echo",
    source: `export const driver = { type: "@acme/echo", name: "Echo", description: "Runs nothing",
      createDriver: () => ({}) };`,
    name: "Echo",
  },
  {
    kind: "datastore",
    type: "@acme/bucket",
    source: `export const datastore = { type: "@acme/bucket", name: "Bucket",
      description: "Keeps data", createProvider: () => ({}) };`,
    name: "Bucket",
  },
] as const;

async function repositoryWith(kind: string, source: string, file = "it.ts"): Promise<Repository> {
  const repository = await Repository.create();
  repository.write(`extensions/${kind}s/${file}`, source);
  return repository;
}

for (const { kind, type, source, name } of KINDS) {
  Deno.test(`${kind} type search finds types by type, name and description`, async () => {
    using repository = await repositoryWith(kind, source);
    const { results: [all] } = await succeeds(repository, [kind, "type", "search", type]);
    deepEqual(Object.keys(all), ["type", "name", "description"]);
    deepEqual([all.type, all.name], [type, name]);
    for (const query of [name.toUpperCase(), all.description.slice(2, 8)]) {
      const { results } = await succeeds(repository, [kind, "type", "search", query]);
      equal(results.at(-1).type, type, query);
    }
  });

  Deno.test(`a second ${kind} type search, from the catalog alone, finds the same`, async () => {
    using repository = await repositoryWith(kind, source);
    const search = () => succeeds(repository, [kind, "type", "search"]);
    deepEqual(await search(), await search());
  });

  Deno.test(`${kind} type describe tells what a type is for`, async () => {
    using repository = await repositoryWith(kind, source);
    const document = await succeeds(repository, [kind, "type", "describe", type.toUpperCase()]);
    deepEqual([document.type, document.name], [type, name]);
    const { stdout } = await repository.run([kind, "type", "describe", type]);
    match(stdout, new RegExp(`^Type: ${type}\nName: ${name}\nDescription: .+\n`));
  });

  Deno.test(`a ${kind} type that is not there comes with what is near`, async () => {
    using repository = await repositoryWith(kind, source);
    const { error, suggestions } = await fails(repository, [kind, "type", "describe", `${type}x`]);
    match(
      error,
      new RegExp(`^${kind[0]!.toUpperCase()}${kind.slice(1)} type not found: ${type}x\n`),
    );
    match(error, /\n {2}Install: swamp extension pull @acme\//);
    equal(suggestions[0], type);
  });

  Deno.test(`a broken ${kind} source is warned of, and told when its type is wanted`, async () => {
    using repository = await repositoryWith(kind, source);
    const broken = `export const ${kind} = { type: "@acme/bad", name: 7 };`;
    repository.write(`extensions/${kind}s/bad.ts`, broken);
    const { code, stderr } = await repository.run([kind, "type", "search", "--json"]);
    equal(code, 0);
    match(
      stderr,
      new RegExp(`^warning: Failed to load user ${kind} "extensions/${kind}s/bad\\.ts": name: `),
    );
    const described = await repository.run([kind, "type", "describe", "@acme/bad", "--json"]);
    equal(described.json.code, "type_broken");
  });

  Deno.test(`outside a repository ${kind} type search lists what is built in`, async () => {
    const { results } = await succeeds(NOWHERE, [kind, "type", "search"]);
    const names = results.map((result: { type: string }) => result.type);
    deepEqual(names.filter((one: string) => one.startsWith("@")), []);
    equal(names.includes("local_encryption"), kind === "vault");
  });
}

Deno.test("vault type describe shows what a config may hold", async () => {
  using repository = await repositoryWith("vault", FILES_TYPE);
  const { configSchema } = await succeeds(repository, ["vault", "type", "describe", "@acme/files"]);
  deepEqual(configSchema.required, ["dir"]);
  equal(configSchema.properties.suffix.default, ".txt");
  const { stdout } = await repository.run(["vault", "type", "describe", "local_encryption"]);
  match(stdout, /\nConfig:\n {2}auto_generate \(boolean\) — /);
});

Deno.test("people get a ranked table", async () => {
  using repository = await repositoryWith("vault", FILES_TYPE);
  const { stdout } = await repository.run(["vault", "type", "search", "files"]);
  match(stdout, /^TYPE +NAME +DESCRIPTION\n@acme\/files +Files +Plain text in a folder\n/);
});

const REPORT = `export const report = { name: "@acme/cost", description: "Tells the cost",
  scope: "model", labels: ["cost", "aws"],
  execute: () => Promise.resolve({ markdown: "", json: {} }) };`;

Deno.test("report describe tells scope and labels", async () => {
  using repository = await repositoryWith("report", REPORT);
  deepEqual(await succeeds(repository, ["report", "describe", "@acme/cost"]), {
    name: "@acme/cost",
    description: "Tells the cost",
    scope: "model",
    labels: ["cost", "aws"],
  });
  equal(
    (await repository.run(["report", "describe", "@acme/cost"])).stdout,
    "Report: @acme/cost\nDescription: Tells the cost\nScope: model\nLabels: cost, aws\n",
  );
});

Deno.test("report type search lists registered reports", async () => {
  using repository = await repositoryWith("report", REPORT);
  const { results } = await succeeds(repository, ["report", "type", "search", "COST"]);
  deepEqual(results.at(-1), {
    type: "@acme/cost",
    name: "@acme/cost",
    description: "Tells the cost",
    scope: "model",
    labels: ["cost", "aws"],
  });
});

Deno.test("a report that is not there comes with what is near", async () => {
  using repository = await repositoryWith("report", REPORT);
  const { error, suggestions } = await fails(repository, ["report", "describe", "@acme/cots"]);
  match(error, /^Report not found: @acme\/cots\n/);
  deepEqual(suggestions, ["@acme/cost"]);
});
