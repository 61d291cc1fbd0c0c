import { deepEqual, equal, match } from "node:assert/strict";
import { createModel, dataContent, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the shell model `sh`, which ran twice. */
async function repositoryWithRuns(): Promise<Repository & { readonly modelId: string }> {
  const repository = await Repository.create();
  const { id: modelId } = await createModel(repository, "command/shell", "sh");
  for (const word of ["one", "two"]) {
    await runMethod(repository, "sh", "execute", { run: `echo ${word}` }, ["--skip-reports"]);
  }
  return Object.assign(repository, { modelId });
}

const itemsOf = ({ groups }: Run["json"]) =>
  groups.flatMap(({ items }: Run["json"]) => items.map(({ name }: Run["json"]) => name));

Deno.test("data get another name, and the old one leads to it", async () => {
  using repository = await repositoryWithRuns();
  const document = await succeeds(repository, ["data", "rename", "sh", "result", "outcome"]);
  const { warning, ...rest } = document;
  equal(typeof warning, "string");
  deepEqual(rest, {
    ...{ oldName: "result", newName: "outcome", modelId: repository.modelId, modelName: "sh" },
    ...{ modelType: "command/shell", copiedVersion: 2, newVersion: 1 },
  });
  equal((await dataContent(repository, "sh", "outcome")).stdout, "two");
  const old = await succeeds(repository, ["data", "get", "sh", "result"]);
  deepEqual([old.name, old.version, old.content.stdout], ["outcome", 1, "two"]);
  equal((await dataContent(repository, "sh", "result", 1)).stdout, "one");
  deepEqual(itemsOf(await succeeds(repository, ["data", "list", "sh"])), ["log", "outcome"]);
  deepEqual(itemsOf(await succeeds(repository, ["data", "list", "sh", "--all"])), [
    ...["log", "outcome", "result"],
  ]);
  const { versions: [latest] } = await succeeds(repository, ["data", "versions", "sh", "result"]);
  deepEqual([latest.version, latest.lifecycle, latest.renamedTo], [3, "deleted", "outcome"]);
});

Deno.test("a name can be given back", async () => {
  using repository = await repositoryWithRuns();
  await succeeds(repository, ["data", "rename", "sh", "result", "outcome"]);
  await succeeds(repository, ["data", "rename", "sh", "outcome", "result"]);
  equal((await dataContent(repository, "sh", "result")).stdout, "two");
  equal((await dataContent(repository, "sh", "outcome")).stdout, "two");
});

Deno.test("people read what is called what, and a warning", async () => {
  using repository = await repositoryWithRuns();
  const { stdout, stderr } = await repository.run(["data", "rename", "sh", "log", "trail"]);
  match(stdout, /^Renamed "log" -> "trail" for "sh" \("command\/shell"\)$/m);
  match(stdout, /^Version 2 copied as v1 under new name$/m);
  match(stdout, /^Old name "log" now forwards to "trail"$/m);
  match(stderr, / WRN .*"log"/);
});

Deno.test("data whose content is gone cannot be renamed", async () => {
  using repository = await repositoryWithRuns();
  const { contentPath } = await succeeds(repository, ["data", "get", "sh", "result"]);
  Deno.removeSync(repository.path(contentPath));
  equal(
    (await fails(repository, ["data", "rename", "sh", "result", "outcome"])).error,
    'Content not found for "result" version 2',
  );
  await fails(repository, ["data", "get", "sh", "outcome"]);
});

/** Arguments of `data rename` and what is said of them. */
const MISTAKES: readonly (readonly [args: string, message: string])[] = [
  ["sh log log", "Old name and new name must be different."],
  ["sh zz x", 'Data "zz" not found'],
  ["sh log result", 'Data "result" already exists'],
  ["sh gone x", 'Data "gone" is already deleted or renamed'],
  [
    "sh log ../x",
    "Invalid new name \"../x\": Data name must not contain '..', '/', '\\', or null bytes " +
    "(path traversal)",
  ],
  ["sh log latest", "Data name 'latest' is reserved for internal use. Use a different name."],
];

Deno.test("what cannot be renamed stays as it is", async (test) => {
  using repository = await repositoryWithRuns();
  await runMethod(repository, "sh", "execute", { run: "true" });
  await succeeds(repository, [
    ...["data", "rename", "sh", "report-swamp-method-summary", "gone"],
  ]);
  await succeeds(repository, ["data", "rename", "sh", "gone", "summary"]);
  for (const [args, message] of MISTAKES) {
    await test.step(`data rename ${args}`, async () => {
      equal((await fails(repository, ["data", "rename", ...args.split(" ")])).error, message);
    });
  }
});
