import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { type BackgroundRun, isThere, start, until } from "../background_run.ts";
import { dataContent } from "../models.ts";
import { Repository } from "../swamp.ts";
import { filesBelow, Folder, MirroredStore, setup, written } from "./datastores.ts";

/** Creates a model in a repository whose datastore may print. */
async function createShell(repository: Repository): Promise<void> {
  const { code, stderr } = await repository.run(["model", "create", "command/shell", "sh"]);
  equal(code, 0, stderr);
}

/** Runs a method of a new model `sh` that ends when the file `go` is there. */
async function startRun(repository: Repository): Promise<{ run: BackgroundRun; end: () => void }> {
  await createShell(repository);
  const go = repository.path("go");
  const command = `until [ -e '${go}' ]; do sleep 0.05; done; echo done`;
  const words = ["model", "method", "run", "sh", "execute", "--input", `run=${command}`];
  return { run: start(repository, words), end: () => Deno.writeTextFileSync(go, "") };
}

Deno.test("setup waits for running methods; what waited for setup is told to run again", async () => {
  using repository = await Repository.create();
  using store = new Folder();
  const { run, end } = await startRun(repository);
  const models = repository.path(".swamp/data/command/shell");
  await until("the method runs", () => isThere(repository.path(".swamp/outputs/command/shell")));
  await until("it has its lock", () => filesBelow(models).some((path) => path.endsWith("/.lock")));
  const moving = start(repository, setup(store.path));
  await until(
    "setup has the global lock",
    () => isThere(repository.path(".swamp/.datastore.lock")),
  );
  const late = start(repository, ["model", "create", "command/shell", "late", "--json"]);
  await until("it waits", () => late.errorsSoFar().includes("waiting for"));
  end();
  equal((await run.end).code, 0);
  const moved = await moving.end;
  equal(moved.code, 0, moved.stderr);
  const { code, stdout } = await late.end;
  equal(code, 1);
  match(JSON.parse(stdout).error, /The datastore of the repository was changed while this command/);
  equal((await dataContent(repository, "sh", "result")).stdout, "done");
  deepEqual(written(repository.path(".swamp")), {});
});

Deno.test("setup waits for the first run of a model, which has no data yet", async () => {
  using mirrored = await MirroredStore.create();
  using target = new Folder();
  const { repository, store } = mirrored;
  const { run, end } = await startRun(repository);
  await until("the method runs", () => mirrored.cache.files("outputs").length > 0);
  const moving = start(repository, setup(target.path));
  await until("setup waits", () => moving.errorsSoFar().includes("waiting for"));
  end();
  equal((await run.end).code, 0);
  const moved = await moving.end;
  equal(moved.code, 0, moved.stderr);
  equal((await dataContent(repository, "sh", "result")).stdout, "done");
  deepEqual(store.files().filter((path) => path.endsWith(".lock.json")), []);
});

Deno.test("setup moves what was written while it waited", async () => {
  using repository = await Repository.create();
  using store = new Folder();
  const holder = {
    holder: "bob@other",
    hostname: "other",
    pid: 7,
    acquiredAt: new Date().toISOString(),
    ttlMs: 30_000,
    nonce: "n",
  };
  const lock = repository.write(".swamp/.datastore.lock", JSON.stringify(holder));
  const moving = start(repository, setup(store.path));
  await until("setup waits", () => moving.errorsSoFar().includes("waiting for"));
  repository.write(".swamp/files/late", "1");
  Deno.removeSync(lock);
  const moved = await moving.end;
  equal(moved.code, 0, moved.stderr);
  deepEqual(store.files(), ["files/late"]);
  equal(isThere(repository.path(".swamp/files")), false);
});

Deno.test("Ctrl-C while data are pushed gives up every lock", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store } = mirrored;
  await createShell(repository);
  store.write("hang-push", "");
  const run = start(repository, [
    ...["model", "method", "run", "sh", "execute", "--input", "run=echo hi"],
  ]);
  await until("it pushes", () => isThere(join(store.path, "pushing")));
  run.signal("SIGINT");
  equal((await run.end).code, 130);
  deepEqual(store.files().filter((path) => path.endsWith(".lock.json")), []);
});
