import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { isThere, start, until } from "../background_run.ts";
import { modelSource } from "../extension_sources.ts";
import { createModel, dataContent, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, swamp } from "../swamp.ts";
import { filesBelow, Folder, setup, written } from "./datastores.ts";

/** A repository with data, a secret and a model of an extension. */
async function repositoryWithData(): Promise<Repository> {
  const repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  await createModel(repository, "command/shell", "sh");
  await createModel(repository, "@acme/thing", "thing", { region: "eu" });
  await runMethod(repository, "sh", "execute", { run: "echo hi" });
  await runMethod(repository, "thing", "sync");
  await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
  await succeeds(repository, ["vault", "put", "main", "key", "s3cret"]);
  return repository;
}

async function works(repository: Repository): Promise<void> {
  equal((await dataContent(repository, "sh", "result")).stdout, "hi");
  equal((await dataContent(repository, "thing", "main")).id, "i-1");
  const { lines } = await succeeds(repository, ["model", "method", "history", "logs", "thing"]);
  ok(lines.length > 0);
  const { logFile } = await succeeds(repository, ["model", "output", "get", "thing"]);
  ok(isThere(logFile.startsWith("/") ? logFile : repository.path(logFile)), logFile);
  const { secretKeys } = await succeeds(repository, ["vault", "list-keys", "main"]);
  deepEqual(secretKeys, ["key"]);
  await succeeds(repository, ["model", "get", "thing"]);
}

Deno.test("setup filesystem moves what there is, and everything goes on working", async () => {
  using repository = await repositoryWithData();
  using store = new Folder();
  const before = written(repository.path(".swamp"));
  const bundles = filesBelow(repository.path(".swamp/bundles"));
  const place = join(store.path, "new/place");
  const document = await succeeds(repository, setup(place));
  const { directoriesMigrated, bytesCopied, ...rest } = document;
  deepEqual(rest, {
    type: "filesystem",
    path: place,
    filesCopied: Object.keys(before).length,
    errors: [],
  });
  equal(bytesCopied, new TextEncoder().encode(Object.values(before).join("")).length);
  ok(directoriesMigrated.includes("data") && directoriesMigrated.includes("secrets"));
  deepEqual(written(place), before);
  deepEqual(written(repository.path(".swamp")), {});
  deepEqual(filesBelow(repository.path(".swamp/bundles")), bundles);
  await works(repository);
  await runMethod(repository, "thing", "sync");
  deepEqual(written(repository.path(".swamp")), {});
});

Deno.test("permissions of secrets survive the move", async () => {
  using repository = await repositoryWithData();
  using store = new Folder();
  await succeeds(repository, setup(store.path));
  const mode = (path: string) => Deno.statSync(join(store.path, path)).mode! & 0o777;
  equal(mode("secrets/local_encryption/main"), 0o700);
  equal(mode("secrets/local_encryption/main/key.enc"), 0o600);
  equal(mode("secrets/local_encryption/main/.key"), 0o600);
});

Deno.test("setup filesystem --path .swamp brings everything back", async () => {
  using repository = await repositoryWithData();
  using store = new Folder();
  const before = written(repository.path(".swamp"));
  await succeeds(repository, setup(store.path));
  const { leftAt } = await succeeds(repository, setup(".swamp"));
  equal(leftAt, store.path);
  deepEqual(written(repository.path(".swamp")), before);
  ok(!Deno.readTextFileSync(repository.path(".swamp.yaml")).includes("datastore"));
  deepEqual(written(store.path), before);
  await works(repository);
  await runMethod(repository, "sh", "execute", { run: "echo hi" });
  await succeeds(repository, setup(store.path));
  await works(repository);
});

Deno.test("only the directories that are named move, and .swamp.yaml keeps its comments", async () => {
  using repository = await repositoryWithData();
  using store = new Folder();
  const marker = repository.path(".swamp.yaml");
  Deno.writeTextFileSync(marker, `# mine\n${Deno.readTextFileSync(marker)}`);
  const { directoriesMigrated } = await succeeds(
    repository,
    setup(store.path, "--directories", "data, outputs"),
  );
  deepEqual(directoriesMigrated, ["data", "outputs"]);
  ok(isThere(repository.path(".swamp/secrets/local_encryption/main/key.enc")));
  match(Deno.readTextFileSync(marker), /^# mine\n[^]*\ndatastore:\n {2}type: filesystem\n/);
  await works(repository);
});

Deno.test("--skip-migration leaves everything where it is", async () => {
  using repository = await repositoryWithData();
  using store = new Folder();
  const before = written(repository.path(".swamp"));
  const { filesCopied, directoriesMigrated } = await succeeds(
    repository,
    setup(store.path, "--skip-migration"),
  );
  deepEqual([filesCopied, directoriesMigrated], [0, []]);
  deepEqual(written(repository.path(".swamp")), before);
  deepEqual(written(store.path), {});
  await fails(repository, ["data", "get", "sh", "result"]);
});

Deno.test("only what is in .swamp is removed, even where a datastore holds the repository itself", async () => {
  using store = new Folder();
  using target = new Folder();
  const root = join(store.path, "data/repository");
  Deno.mkdirSync(root, { recursive: true });
  equal((await swamp(["init", "-t", "none"], { cwd: root })).code, 0);
  const settings = `datastore:\n  type: filesystem\n  path: ${store.path}\n`;
  Deno.writeTextFileSync(join(root, ".swamp.yaml"), settings, { append: true });
  const { code, stderr } = await swamp(setup(target.path), { cwd: root });
  equal(code, 0, stderr);
  ok(isThere(join(root, ".swamp.yaml")));
});

Deno.test("files of another content in the new place stop the move, and nothing is lost", async () => {
  using repository = await repositoryWithData();
  using store = new Folder();
  const before = written(repository.path(".swamp"));
  const [path = ""] = Object.keys(before).filter((one) => one.endsWith("/raw"));
  Deno.mkdirSync(join(store.path, path, ".."), { recursive: true });
  store.write(path, "something else");
  const { error, code, errors } = await fails(repository, setup(store.path));
  match(error, /^1 file\(s\) could not be copied to .*\. The repository keeps its datastore;/);
  deepEqual([code, errors.length], ["migration_failed", 1]);
  deepEqual(written(repository.path(".swamp")), before);
  await works(repository);
  store.remove(path);
  await succeeds(repository, setup(store.path));
  await works(repository);
});

Deno.test("setup refuses what cannot work before anything is changed", async (test) => {
  using repository = await repositoryWithData();
  using store = new Folder();
  store.write("file", "");
  const marker = Deno.readTextFileSync(repository.path(".swamp.yaml"));
  const before = written(repository.path(".swamp"));
  const cases: readonly (readonly [string[], RegExp])[] = [
    [
      setup(store.path, "--directories", "data,bogus"),
      /^Unknown datastore directory "bogus"\. Expected some of: definitions-evaluated, /,
    ],
    [setup(store.path, "--directories", "bundles"), /^Unknown datastore directory "bundles"/],
    [setup(join(store.path, "file")), /^Datastore is not accessible: Datastore path is not a dir/],
    [setup(join(store.path, "file/below")), /^Datastore is not accessible: /],
    [
      setup(".swamp/data/inside"),
      /overlaps with .*\.swamp\/data, which is to be moved\. Choose another folder\.$/,
    ],
    [setup(" "), /^--path must not be empty/],
    [["datastore", "setup", "filesystem"], /^Missing required option "--path"\./],
    [["datastore", "setup", "s3"], /^The "datastore setup s3" command has been removed\./],
    [["datastore", "setup", "extension", "filesystem"], /^The type filesystem needs no extension/],
    [
      ["datastore", "setup", "extension", "@acme/nope", "--config", "{"],
      /^Datastore type "@acme\/nope" is not registered\. Install it with: swamp extension pull @acme\/nope$/,
    ],
  ];
  for (const [args, message] of cases) {
    await test.step(args.slice(1).join(" "), async () => {
      match((await fails(repository, args)).error, message);
    });
  }
  const env = { SWAMP_DATASTORE: `filesystem:${store.path}` };
  match((await fails(repository, setup("x"), { env })).error, /^SWAMP_DATASTORE is set and beats/);
  equal(Deno.readTextFileSync(repository.path(".swamp.yaml")), marker);
  deepEqual(written(repository.path(".swamp")), before);
  deepEqual(store.files(), ["file"]);
});

Deno.test("a setup that is killed loses nothing, and the next one goes on", async () => {
  using repository = await repositoryWithData();
  for (let file = 0; file < 150; file++) {
    repository.write(`.swamp/data/@acme/many/${crypto.randomUUID()}/n/1/raw`, `content ${file}`);
  }
  const before = written(repository.path(".swamp"));
  for (const files of [1, 120]) {
    using store = new Folder();
    const setting = start(repository, setup(store.path));
    await until("some files are there", () => store.files("data").length >= files);
    setting.signal("SIGKILL");
    await setting.end;
    await works(repository);
    const isMoved = Deno.readTextFileSync(repository.path(".swamp.yaml")).includes("datastore");
    const complete = written(isMoved ? store.path : repository.path(".swamp"));
    deepEqual(Object.keys(before).filter((path) => !(path in complete)), []);
    await succeeds(repository, setup(store.path));
    await works(repository);
    deepEqual(store.files().filter((path) => /lock|takeover/.test(path)), []);
    await succeeds(repository, setup(".swamp"));
  }
  const after = written(repository.path(".swamp"));
  deepEqual(Object.keys(before).filter((path) => before[path] !== after[path]), []);
});
