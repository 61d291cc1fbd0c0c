import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { canMount, SmallDisk } from "../../integration/extensions/faults/privileges.ts";
import {
  CAN_MAKE_READ_ONLY,
  whileReadOnly,
} from "../../integration/persistence/read_only_folder.ts";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, swamp } from "../swamp.ts";

/** A repository whose shell model `sh` was run twice. */
async function shellRepository(): Promise<Repository> {
  const repository = await Repository.create();
  await createModel(repository, "command/shell", "sh");
  for (const text of ["1", "2"]) {
    await runMethod(repository, "sh", "execute", { run: `echo ${text}` });
  }
  return repository;
}

/** What must not change however a command fails: definitions, and data with all versions. */
async function everything(repository: Repository) {
  const { results } = await succeeds(repository, ["model", "search"]);
  const { versions } = await succeeds(repository, ["data", "versions", "sh", "result"]);
  const { groups } = await succeeds(repository, ["data", "list", "sh"]);
  const { stdout } = await dataContent(repository, "sh", "result");
  return { results, versions, groups, stdout };
}

/** Refuses an error that is a bug's, and one that does not say where. */
function requireClear({ error, code }: { readonly error: string; readonly code: string }): void {
  notEqual(code, "internal_error", error);
  match(error, /Read-only file system|[Pp]ermission denied|No space left on device/);
  match(error, /\.swamp\/|models/, "the message says where");
}

/** Folder that cannot be written to → commands that must fail, and commands that need not care. */
const READ_ONLY: Readonly<
  Record<string, { readonly fail: readonly string[]; readonly work: readonly string[] }>
> = {
  ".swamp": {
    fail: [
      "model create command/shell x",
      "model method run sh execute --input run=true",
      "model delete sh --force",
      "data rename sh result other",
      "model evaluate sh",
    ],
    work: [
      "model get sh",
      "model search",
      "model validate sh",
      "data get sh result",
      "data list sh",
      "data versions sh result",
      "data search",
      "data query version>=1",
      "data gc --dry-run",
      "model output search",
      "summarise",
    ],
  },
  ".swamp/data": {
    fail: ["model method run sh execute --input run=true", "data rename sh result other"],
    work: ["data query version>=1", "data get sh result", "model create command/shell fresh"],
  },
  ".swamp/outputs": {
    fail: ["model method run sh execute --input run=true"],
    work: ["data get sh result", "model create command/shell fresh", "model output search"],
  },
  models: {
    fail: ["model create command/shell x", "model delete sh --force"],
    work: ["model get sh", "model method run sh execute --input run=true", "data list sh"],
  },
};

for (const [folder, { fail, work }] of Object.entries(READ_ONLY)) {
  Deno.test({
    name:
      `while ${folder} is read-only, what must be written there fails clearly and changes nothing`,
    ignore: !CAN_MAKE_READ_ONLY,
    fn: async () => {
      using repository = await shellRepository();
      const before = await everything(repository);
      await whileReadOnly(repository.path(folder), async () => {
        for (const command of fail) {
          requireClear(await fails(repository, command.split(" ")));
          deepEqual(await everything(repository), before, command);
        }
        for (const command of work) await succeeds(repository, command.split(" "));
      });
      equal(
        (await runMethod(repository, "sh", "execute", { run: "echo after" })).status,
        "succeeded",
      );
      equal((await dataContent(repository, "sh", "result")).stdout, "after");
      deepEqual((await succeeds(repository, ["data", "gc"])).leftoversRemoved, undefined);
    },
  });
}

/** A repository on a disk of its own, whose model `sh` was run once. */
async function onSmallDisk(size: number) {
  const disk = new SmallDisk(size);
  const place = {
    run: (args: readonly string[]) => swamp(args, { cwd: disk.path }),
  };
  await place.run(["init", "--tool", "none"]);
  await createModel(place, "command/shell", "sh");
  await runMethod(place, "sh", "execute", { run: "echo before" });
  return { disk, place, [Symbol.dispose]: () => disk[Symbol.dispose]() };
}

const MIB = 1024 * 1024;

for (const [state, leave] of Object.entries({ full: 0, "nearly full": 12 * 1024 })) {
  Deno.test({
    name: `on a disk that is ${state} nothing is lost, and with room again all works`,
    ignore: !canMount(),
    fn: async () => {
      using small = await onSmallDisk(2 * MIB);
      const { disk, place } = small;
      disk.fill(leave);
      const fat = "x".repeat(40_000);
      for (
        const command of [
          runArgs("sh", "execute", { run: `printf '%s' ${fat}` }),
          ["model", "create", "command/shell", "fat", "--global-arg", `fill=${fat}`],
        ]
      ) {
        const run = await place.run([...command, "--json"]);
        equal(run.code, 1, run.stdout);
        notEqual(run.json.code, "internal_error", run.json.error);
        match(run.json.error, /No space left on device/);
      }
      equal((await succeeds(place, ["data", "get", "sh", "result"])).content.stdout, "before");
      equal((await succeeds(place, ["data", "query", "true"])).total > 0, true);
      equal((await succeeds(place, ["model", "search"])).results.length, 1);
      disk.empty();
      await runMethod(place, "sh", "execute", { run: "echo after" });
      const { content, version } = await succeeds(place, ["data", "get", "sh", "result"]);
      deepEqual([content.stdout, version], ["after", 2]);
      await createModel(place, "command/shell", "fat");
    },
  });
}

Deno.test({
  name: "output that fills the disk fails the run, and gives the room back",
  ignore: !canMount(),
  fn: async () => {
    using small = await onSmallDisk(3 * MIB);
    const { place } = small;
    const run = await place.run([
      ...runArgs("sh", "execute", { run: "head -c 8000000 /dev/zero | tr '\\0' a | fold -w 99" }),
      "--json",
    ]);
    equal(run.code, 1, run.stdout);
    match(run.json.error, /No space left on device/);
    notEqual(run.json.code, "internal_error", run.json.error);
    equal((await succeeds(place, ["data", "get", "sh", "result"])).content.stdout, "before");
    const { versions } = await succeeds(place, ["data", "versions", "sh", "result"]);
    equal(versions.length, 1);
  },
});

Deno.test({
  name: "garbage is collected on a full disk",
  ignore: !canMount(),
  fn: async () => {
    using small = await onSmallDisk(2 * MIB);
    const { disk, place } = small;
    for (let run = 0; run < 11; run++) await runMethod(place, "sh", "execute", { run: "true" });
    disk.fill(0);
    // Taking the lock needs a file, and a file needs room.
    const { code, json } = await place.run(["data", "gc", "--json"]);
    ok(code === 0 || /No space left on device/.test(json.error), JSON.stringify(json));
    disk.empty();
    await succeeds(place, ["data", "gc"]);
    equal((await succeeds(place, ["data", "versions", "sh", "result"])).versions.length, 10);
  },
});
