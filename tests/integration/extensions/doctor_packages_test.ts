import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { DoctorDocument } from "../../../src/libswamp/extensions/doctor_document.ts";
import { examine, exists, index, indexed, snapshot, tagsOf } from "./doctor_fixture.ts";
import { install, PACK, packageFiles, shippedBundle } from "./package_folder.ts";
import { extensionSource, modelSource, RepositoryFixture } from "./repository_fixture.ts";

const LOCK = "extensions/models/upstream_extensions.json";

/** A repository with `@acme/pack`, which has the type `@acme/one`, in its catalog. */
async function withPack(files = packageFiles("@acme/pack", "@acme/one")) {
  const repository = await indexed();
  await install(repository, files);
  return repository;
}

const conditionsOf = ({ packages }: DoctorDocument) =>
  packages.map(({ name, condition }) => [name, condition]);

const stepsOf = ({ repair }: DoctorDocument) =>
  repair?.steps.map(({ action, path, outcome }) => [action, path, outcome]);

Deno.test("an installed package is an aggregate with its name, version and states, and passes", async () => {
  using repository = await withPack();
  const document = await examine(repository, { verify: true });
  equal(document.overallStatus, "pass");
  deepEqual(document.pending, []);
  deepEqual(document.warnings, []);
  deepEqual(
    document.aggregateState.aggregates.map((one) => ({ ...one, name: one.name.slice(0, 7) })),
    [
      {
        origin: "local",
        name: "@local/",
        version: "0.0.0",
        sourceCount: 1,
        stateDistribution: { Indexed: 1 },
        extends: [],
      },
      {
        origin: "pulled",
        name: "@acme/p",
        version: "2026.04.01.1",
        sourceCount: 1,
        stateDistribution: { Indexed: 1 },
        extends: [],
      },
    ],
  );
  deepEqual(conditionsOf(document), [["@acme/pack", "ok"]]);
  equal(document.verifiedFiles, 3);
  equal(
    document.aggregateState.sourceDetails.find(({ sourcePath }) => sourcePath.startsWith(PACK))
      ?.extensionName,
    "@acme/pack",
  );
});

Deno.test("verifying names files of a package that are edited, gone or not its own, and a repair leaves them", async () => {
  using repository = await withPack({
    ...packageFiles("@acme/pack", "@acme/one"),
    "models/_lib/a.ts": "export const A = 1;",
    "models/_lib/b.ts": "export const B = 1;",
  });
  Deno.writeTextFileSync(repository.path(PACK, "models/_lib/a.ts"), "export const A = 2;");
  equal((await examine(repository)).overallStatus, "pass");
  const edited = await examine(repository, { verify: true });
  equal(edited.overallStatus, "fail");
  deepEqual(conditionsOf(edited), [["@acme/pack", "edited"]]);
  deepEqual(edited.packages[0]!.edited, [`${PACK}/models/_lib/a.ts`]);
  match(edited.packages[0]!.problem, /'swamp extension pull @acme\/pack --force'/);

  Deno.removeSync(repository.path(PACK, "models/_lib/b.ts"));
  Deno.writeTextFileSync(repository.path(PACK, "models/mine.ts"), "1");
  const repaired = await examine(repository, { verify: true, repair: "do" });
  const [found] = repaired.packages;
  equal(found!.condition, "incomplete");
  deepEqual(found!.missing, [`${PACK}/models/_lib/b.ts`]);
  deepEqual(found!.surplus, [`${PACK}/models/mine.ts`]);
  match(repaired.warnings.join("\n"), /not installed with it: .*mine\.ts/);
  deepEqual(stepsOf(repaired), [["manual", "@acme/pack", "left"]]);
  equal(Deno.readTextFileSync(repository.path(PACK, "models/_lib/a.ts")), "export const A = 2;");
});

Deno.test("a listed package whose folder is gone is told with what installs it [B92 B98]", async () => {
  using repository = await withPack();
  Deno.removeSync(repository.path(".swamp/pulled-extensions"), { recursive: true });
  const document = await examine(repository);
  equal(document.overallStatus, "fail");
  deepEqual(conditionsOf(document), [["@acme/pack", "missing"]]);
  equal(document.packages[0]!.version, "2026.04.01.1");
  match(document.packages[0]!.problem, /'swamp extension install'/);
  deepEqual(document.pending.map(({ source, change }) => [source, change]), [
    [`${PACK}/models/one.ts`, "gone"],
  ]);
  const repaired = await examine(repository, { repair: "do" });
  deepEqual(stepsOf(repaired), [
    ["index", `${PACK}/models/one.ts`, "done"],
    ["manual", "@acme/pack", "left"],
  ]);
  deepEqual(tagsOf(repaired), { "extensions/models/a.ts": "Indexed" });
});

Deno.test("a half-present package names what is missing, and what is there is used [B92]", async () => {
  using repository = await withPack({
    ...packageFiles("@acme/pack", "@acme/one"),
    "files/notes.md": "notes",
  });
  Deno.removeSync(repository.path(PACK, "files"), { recursive: true });
  const document = await examine(repository);
  deepEqual(conditionsOf(document), [["@acme/pack", "incomplete"]]);
  deepEqual(document.packages[0]!.missing, [`${PACK}/files/notes.md`]);
  equal(tagsOf(document)[`${PACK}/models/one.ts`], "Indexed");
});

Deno.test("a folder that the lock file does not list goes with a repair if it is unharmed", async () => {
  using repository = await withPack();
  Deno.writeTextFileSync(repository.path(LOCK), "{}\n");
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  deepEqual(conditionsOf(document), [["@acme/pack", "unlisted"]]);
  match(document.packages[0]!.problem, /its types are not used\. --repair removes it\.$/);
  const planned = await examine(repository, { repair: "plan" });
  deepEqual(stepsOf(planned)?.[0], ["remove", PACK, "planned"]);
  const repaired = await examine(repository, { repair: "do" });
  deepEqual(stepsOf(repaired)?.[0], ["remove", PACK, "done"]);
  deepEqual(repaired.packages, []);
  ok(!exists(repository.path(".swamp/pulled-extensions")));
});

Deno.test("a folder that nobody lists stays if somebody worked in it, or if the lock file is lost", async (test) => {
  await test.step("edited", async () => {
    using repository = await withPack();
    Deno.writeTextFileSync(repository.path(LOCK), "{}\n");
    Deno.writeTextFileSync(repository.path(PACK, "models/one.ts"), modelSource("@acme/mine"));
    const repaired = await examine(repository, { repair: "do" });
    match(repaired.packages[0]!.problem, /'swamp extension pull @acme\/pack' to list it again/);
    ok(exists(repository.path(PACK, "models/one.ts")));
  });
  await test.step("no lock file", async () => {
    using repository = await withPack();
    Deno.removeSync(repository.path(LOCK));
    const repaired = await examine(repository, { repair: "do" });
    deepEqual(conditionsOf(repaired), [["@acme/pack", "unlisted"]]);
    ok(exists(repository.path(PACK, "models/one.ts")));
  });
  await test.step("without a record", async () => {
    using repository = await indexed();
    const folder = repository.path(".swamp/pulled-extensions/@acme/odd/models");
    Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(`${folder}/one.ts`, "1");
    const repaired = await examine(repository, { repair: "do" });
    deepEqual(conditionsOf(repaired), [["@acme/odd", "unlisted"]]);
    ok(exists(`${folder}/one.ts`));
  });
});

Deno.test("packages whose names lie in one another are told apart", async () => {
  using repository = await withPack();
  await install(repository, packageFiles("@acme/pack/inner", "@acme/two"));
  const sound = await examine(repository, { verify: true });
  deepEqual(conditionsOf(sound), [["@acme/pack", "ok"], ["@acme/pack/inner", "ok"]]);
  deepEqual(sound.packages.map(({ surplus }) => surplus), [[], []]);
  const lock = JSON.parse(Deno.readTextFileSync(repository.path(LOCK)));
  delete lock["@acme/pack/inner"];
  Deno.writeTextFileSync(repository.path(LOCK), JSON.stringify(lock));
  const repaired = await examine(repository, { repair: "do" });
  deepEqual(conditionsOf(repaired), [["@acme/pack", "ok"]]);
  ok(exists(repository.path(PACK, "models/one.ts")));
  ok(!exists(repository.path(PACK, "inner")));
});

Deno.test("a lock file that cannot be read is named, and nothing is removed for it", async () => {
  using repository = await withPack();
  Deno.writeTextFileSync(repository.path(LOCK), "<<<<<<< ours");
  const repaired = await examine(repository, { repair: "do" });
  equal(repaired.overallStatus, "fail");
  match(repaired.loaderErrors.lockfile!, /upstream_extensions\.json/);
  deepEqual(stepsOf(repaired)?.at(-1), ["manual", LOCK, "left"]);
  ok(exists(repository.path(PACK, "models/one.ts")));
});

Deno.test("entries that cannot be trusted are told, and nothing is done by them", async (test) => {
  const entries = {
    "an unsafe path": [
      ["../../etc/passwd"],
      /unsafe path for @acme\/odd: "\.\.\/\.\.\/etc\/passwd"/,
    ],
    "the old layout": [["extensions/models/x.ts"], /'swamp repo upgrade'/],
  } as const;
  for (const [what, [files, says]] of Object.entries(entries)) {
    await test.step(what, async () => {
      using repository = await withPack();
      await install(repository, packageFiles("@acme/gone", "@acme/two"));
      const lock = JSON.parse(Deno.readTextFileSync(repository.path(LOCK)));
      delete lock["@acme/gone"];
      lock["@acme/odd"] = { version: "2026.01.01.1", files };
      Deno.writeTextFileSync(repository.path(LOCK), JSON.stringify(lock));
      for (const options of [{}, { verify: true }, { verify: true, repair: "do" }] as const) {
        const document = await examine(repository, options);
        equal(document.overallStatus, "fail");
        const odd = document.packages.find(({ name }) => name === "@acme/odd");
        equal(odd?.condition, "invalid");
        match(odd?.problem ?? "", says);
      }
    });
  }
});

Deno.test("a lock file cannot make the doctor look outside the folder of packages", async () => {
  using repository = await withPack();
  const lock = JSON.parse(Deno.readTextFileSync(repository.path(LOCK)));
  lock["../../outside"] = { version: "2026.01.01.1" };
  Deno.writeTextFileSync(repository.path(LOCK), JSON.stringify(lock));
  Deno.mkdirSync(repository.path("outside"));
  Deno.writeTextFileSync(repository.path("outside/secret.txt"), "secret");
  for (const options of [{ verify: true }, { verify: true, repair: "do" }] as const) {
    const document = await examine(repository, options);
    deepEqual(conditionsOf(document), [["../../outside", "invalid"], ["@acme/pack", "ok"]]);
    ok(!JSON.stringify(document).includes("secret.txt"));
  }
  ok(exists(repository.path("outside/secret.txt")));
});

Deno.test("a shipped bundle that is gone fails its source until a repair builds it from the text", async () => {
  using repository = await withPack({
    ...packageFiles("@acme/pack", "@acme/one"),
    "bundles/one.js": shippedBundle("@acme/one"),
  });
  Deno.removeSync(repository.path(PACK, "bundles/one.js"));
  const document = await examine(repository);
  equal(tagsOf(document)[`${PACK}/models/one.ts`], "BundleDamaged");
  deepEqual(conditionsOf(document), [["@acme/pack", "ok"]]);
  const repaired = await examine(repository, { repair: "do" });
  deepEqual(stepsOf(repaired), [["rebuild", `${PACK}/models/one.ts`, "done"]]);
  equal(repaired.overallStatus, "pass");
  equal((await (await repository.modelTypes()).resolve("@acme/one")).type, "@acme/one");
});

Deno.test("a change of packages that was interrupted is told, and a repair undoes it", async () => {
  using repository = await withPack();
  const staging = ".staging-11111111-1111-1111-1111-111111111111";
  const packages = repository.path(".swamp/pulled-extensions");
  Deno.mkdirSync(`${packages}/${staging}/taken/${PACK}/models`, { recursive: true });
  Deno.renameSync(
    repository.path(PACK, "models/one.ts"),
    `${packages}/${staging}/taken/${PACK}/models/one.ts`,
  );
  const lock = Deno.readTextFileSync(repository.path(LOCK));
  Deno.writeTextFileSync(
    `${packages}/.change.json`,
    JSON.stringify({
      layout: 1,
      staging,
      put: [],
      take: [`${PACK}/models/one.ts`],
      removing: ["@acme/pack"],
      lock: { before: lock, after: "{}" },
    }),
  );
  const document = await examine(repository);
  match(document.warnings.join("\n"), /A change of installed packages was interrupted/);
  const repaired = await examine(repository, { repair: "do" });
  deepEqual(stepsOf(repaired)?.[0], ["undo", LOCK, "done"]);
  equal(repaired.overallStatus, "pass");
  ok(exists(repository.path(PACK, "models/one.ts")));
  ok(!exists(`${packages}/${staging}`));
});

Deno.test("looking at packages changes nothing on disk", async () => {
  using repository = await withPack();
  Deno.writeTextFileSync(repository.path(PACK, "models/one.ts"), "edited");
  const before = snapshot(repository.root);
  await examine(repository, { verify: true });
  await examine(repository, { verify: true, repair: "plan" });
  deepEqual(snapshot(repository.root), before);
});

Deno.test("a type of a package whose own source shadows it is there and inactive [B54]", async () => {
  using repository = await withPack();
  repository.write("mine.ts", modelSource("@acme/one"));
  await index(repository);
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  equal(tagsOf(document)[`${PACK}/models/one.ts`], "Tombstoned");
  match(
    document.warnings.join("\n"),
    /'@acme\/one' already registered by extensions\/models\/mine\.ts/,
  );
});

Deno.test("the types of others that a package adds methods to are listed with it [B77]", async () => {
  using repository = await withPack({
    ...packageFiles("@acme/pack", "@acme/one"),
    "manifest.yaml": packageFiles("@acme/pack", "")["manifest.yaml"] + "  - more.ts\n  - own.ts\n",
    "models/more.ts": extensionSource("@acme/a", "more"),
    "models/own.ts": extensionSource("@acme/one", "more"),
  });
  const { aggregates } = (await examine(repository)).aggregateState;
  deepEqual(aggregates.map(({ extends: types }) => types), [[], ["@acme/a"]]);
});

Deno.test("a repository is named after its folder, however it was called [B49]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  await index(repository);
  const [local] = (await examine(repository)).aggregateState.aggregates;
  equal(local!.name, `@local/${repository.root.split("/").at(-1)}`);
});
