import { deepEqual, equal, match } from "node:assert/strict";
import { thingRepository } from "../model_source.ts";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/**
 * A repository with the model `t1`: its data `old` outlived its lifetime with two versions, and of
 * `kept`, which keeps two, there are four.
 */
async function repositoryWithGarbage(): Promise<Repository> {
  const repository = await thingRepository({
    sync: `for (let n = 1; n <= 4; n++) {
      await context.writeResource("state", "kept", { n }, { garbageCollection: 2 });
      if (n <= 2) await context.writeResource("state", "old", { n }, { lifetime: "1h" });
    }`,
  });
  const { id } = await createModel(repository, "@acme/thing", "t1");
  await runMethod(repository, "t1", "sync", {}, ["--skip-reports"]);
  for (const version of ["1", "2"]) {
    const path = repository.path(".swamp/data/@acme/thing", id, "old", version, "metadata.yaml");
    const text = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, text.replace(/createdAt: '\d{4}/, "createdAt: '2020"));
  }
  return repository;
}

async function versionsOf(repository: Repository, name: string): Promise<number[]> {
  const { code, json } = await repository.run(["--json", "data", "versions", "t1", name]);
  return code === 0 ? json.versions.map(({ version }: Run["json"]) => version) : [];
}

/** What goes of {@linkcode repositoryWithGarbage}, without what depends on ids. */
const GARBAGE = { dataEntriesExpired: 1, versionsDeleted: 4, bytesReclaimed: 28 };

Deno.test("--dry-run tells what would go and lets it be", async () => {
  using repository = await repositoryWithGarbage();
  const document = await succeeds(repository, ["data", "gc", "--dry-run"]);
  const { expiredEntries: [expired], prunedEntries: [pruned], ...counts } = document;
  deepEqual(counts, { ...GARBAGE, dryRun: true });
  const { modelId, ...entry } = expired;
  match(modelId, /^[0-9a-f-]{36}$/);
  deepEqual(entry, {
    ...{ type: "@acme/thing", modelName: "t1", dataName: "old", versionCount: 2 },
    reason: "duration-expired",
  });
  deepEqual([pruned.dataName, pruned.versionCount], ["kept", 2]);
  deepEqual(await versionsOf(repository, "old"), [2, 1]);
  const { stdout } = await repository.run(["data", "gc", "--dry-run"]);
  match(stdout, /would delete/);
  deepEqual(await versionsOf(repository, "kept"), [4, 3, 2, 1]);
});

for (const flags of [["--json"], ["--json", "--force"], ["--force"]]) {
  Deno.test(`data gc ${flags.join(" ")} does what the dry run said, without a question`, async () => {
    using repository = await repositoryWithGarbage();
    const { expiredEntries, prunedEntries } = await succeeds(repository, [
      ...["data", "gc", "--dry-run"],
    ]);
    const { code, stdout, stderr } = await repository.run(["data", "gc", ...flags]);
    equal(code, 0, stderr);
    if (flags.includes("--json")) {
      deepEqual(JSON.parse(stdout), { ...GARBAGE, dryRun: false, expiredEntries, prunedEntries });
    } else {
      match(stdout, /^GC complete: deleted 1 expired item \(2 versions\) and 2 versions no longer/);
    }
    deepEqual(await versionsOf(repository, "old"), []);
    deepEqual(await versionsOf(repository, "kept"), [4, 3]);
    deepEqual((await succeeds(repository, ["data", "gc"])).versionsDeleted, 0);
  });
}

Deno.test("people are shown what would go, and asked", async () => {
  using repository = await repositoryWithGarbage();
  for (const stdin of ["", "n\n"]) {
    const { code, stdout, stderr } = await repository.run(["data", "gc"], { stdin });
    equal(code, 0);
    match(stdout, /^GC preview: 1 expired item \(2 versions\) and 2 versions no longer kept of/);
    match(stdout, /Proceed with garbage collection\? \[y\/N\]/);
    match(stderr, /GC cancelled\./);
    deepEqual(await versionsOf(repository, "kept"), [4, 3, 2, 1]);
  }
  const { stdout } = await repository.run(["data", "gc"], { stdin: "y\n" });
  match(stdout, /GC complete: deleted/);
  deepEqual(await versionsOf(repository, "kept"), [4, 3]);
});

Deno.test("where there is nothing to collect nobody is asked", async () => {
  using repository = await Repository.create();
  const { code, stdout } = await repository.run(["data", "gc"]);
  equal(code, 0);
  equal(stdout, "No expired data found. Nothing to clean up.\n");
});

Deno.test("what a killed run left is cleared up, whatever else there is to collect", async () => {
  using repository = await Repository.create();
  const { id } = await createModel(repository, "command/shell", "sh");
  await runMethod(repository, "sh", "execute", { run: "true" });
  const leave = () =>
    repository.write(
      `.swamp/data/command/shell/${id}/result/.removed-${crypto.randomUUID()}/raw`,
      "x",
    );
  leave();
  equal((await succeeds(repository, ["data", "gc", "--dry-run"])).leftoversRemoved, undefined);
  equal((await succeeds(repository, ["data", "gc"])).leftoversRemoved, 1);
  leave();
  const { stdout } = await repository.run(["data", "gc"]);
  equal(stdout, "Cleared up 1 leftover of killed runs.\n");
});

Deno.test("what is collected is not found in the data catalog any more", async () => {
  using repository = await repositoryWithGarbage();
  await succeeds(repository, ["data", "query", "attributes.n == 2"]);
  await succeeds(repository, ["data", "gc"]);
  const catalog = Deno.readTextFileSync(repository.path(".swamp/data/_catalog.db"));
  equal(/\bold\b/.test(catalog), false);
});

Deno.test("gc outside of a repository says so", async () => {
  const { error } = await fails({
    run: async (args, options) => {
      using repository = await Repository.create();
      Deno.removeSync(repository.path(".swamp.yaml"));
      return await repository.run(args, options);
    },
  }, ["data", "gc"]);
  match(error, /^Not a swamp repository: /);
});
