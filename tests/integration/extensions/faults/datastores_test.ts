import { deepEqual, equal, ok } from "node:assert/strict";
import { statOf } from "../../../../src/infrastructure/extensions/file_stat.ts";
import { RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";
import { writeLazySources } from "./lazy_sources.ts";
import { CATALOG, filesBelow } from "./stored_files.ts";

/** How a repository is told to keep its data in a folder. */
const WAYS: Readonly<
  Record<string, (repository: CliRepository, folder: string) => Promise<Record<string, string>>>
> = {
  "SWAMP_DATASTORE": (_repository, folder) =>
    Promise.resolve({ SWAMP_DATASTORE: `filesystem:${folder}` }),
  "datastore setup filesystem": async (repository, folder) => {
    await repository.json(["datastore", "setup", "filesystem", "--path", folder]);
    return {};
  },
};

for (const [way, choose] of Object.entries(WAYS)) {
  Deno.test(`with data elsewhere by ${way}, catalog and bundles stay in the repository [B34]`, async () => {
    using repository = await CliRepository.create();
    using elsewhere = new RepositoryFixture();
    writeLazySources(repository);
    const folder = elsewhere.path("data");
    Deno.mkdirSync(folder);
    await repository.typesFound("@acme");
    const before = filesBelow(repository.path(".swamp/bundles"));
    const env = await choose(repository, folder);
    await repository.json(["model", "create", "@acme/thing", "one"], { env });
    await repository.json(["model", "method", "run", "one", "sync"], { env });
    const { overallStatus, aggregateState } = await repository.json(["doctor", "extensions"], {
      env,
    });
    equal(overallStatus, "pass");
    deepEqual(aggregateState.bundleOrphans, []);
    deepEqual(filesBelow(repository.path(".swamp/bundles")), before);
    ok(statOf(repository.path(".swamp", CATALOG)).size > 0);
    const kept = filesBelow(folder);
    ok(kept.some((path) => path.includes("/@acme/thing/")), kept.join("\n"));
    deepEqual(kept.filter((path) => /bundles|_extension/.test(path)), []);
  });
}

Deno.test("with a datastore of an extension, every document is one document [B2]", async (test) => {
  using repository = await CliRepository.create();
  writeLazySources(repository);
  await repository.json(["datastore", "setup", "extension", "@acme/store"]);
  for (
    const command of [
      ["datastore", "status"],
      ["model", "create", "@acme/thing", "one"],
      ["model", "method", "run", "one", "sync"],
      ["data", "list", "one"],
    ]
  ) {
    await test.step(command.join(" "), async () => {
      const { code, stdout, stderr } = await repository.run([...command, "--json"]);
      equal(code, 0, stderr);
      ok(!("event" in JSON.parse(stdout)));
    });
  }
});
