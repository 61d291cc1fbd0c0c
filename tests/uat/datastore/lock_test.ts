import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isThere } from "../background_run.ts";
import { createModel } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { MirroredStore } from "./datastores.ts";

const ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";

/** A lock of somebody on another machine who took it just now. */
function lock(changes: Record<string, unknown> = {}) {
  return {
    holder: "bob@other",
    hostname: "other",
    pid: 7,
    acquiredAt: new Date().toISOString(),
    ttlMs: 30_000,
    nonce: crypto.randomUUID(),
    ...changes,
  };
}

const STATUS = ["datastore", "lock", "status"];
const RELEASE = ["datastore", "lock", "release", "--force"];

Deno.test("lock status shows every lock in one document, of types with several segments too", async () => {
  using repository = await Repository.create();
  const [global, model] = [lock(), lock({ holder: "eve@other" })];
  repository.write(".swamp/.datastore.lock", JSON.stringify(global));
  repository.write(`.swamp/data/@acme/pipe/${ID}/.lock`, JSON.stringify(model));
  deepEqual(await succeeds(repository, STATUS), {
    datastore: "filesystem",
    global: { ...global, stale: false },
    models: [{ model: `@acme/pipe/${ID}`, ...model, stale: false }],
  });
  const { stdout } = await repository.run(STATUS);
  match(stdout, /^Lock Status: locked \[global\]\n {2}Holder: +bob@other\n {2}PID: +7\n/);
  ok(stdout.includes(`Lock Status: locked [@acme/pipe/${ID}]`));
});

Deno.test("lock status of a repository where nobody is at work", async () => {
  using repository = await Repository.create();
  const none = { datastore: "filesystem", global: null, models: [] };
  deepEqual(await succeeds(repository, STATUS), none);
  const { stdout } = await repository.run(STATUS);
  equal(stdout, "Lock Status: no lock held\n");
});

Deno.test("lock release takes away the global lock, and tells whose it was", async () => {
  using repository = await Repository.create();
  const held = lock();
  const path = repository.write(".swamp/.datastore.lock", JSON.stringify(held));
  deepEqual(await succeeds(repository, RELEASE), {
    released: true,
    previousHolder: { ...held, stale: false },
  });
  ok(!isThere(path));
  deepEqual(await succeeds(repository, RELEASE), { released: false, reason: "no lock held" });
  await createModel(repository, "command/shell", "sh");
});

Deno.test("lock release --model understands types with several segments", async () => {
  using repository = await Repository.create();
  const path = repository.write(`.swamp/data/@acme/pipe/${ID}/.lock`, JSON.stringify(lock()));
  const { released } = await succeeds(repository, [...RELEASE, "--model", `@acme/pipe/${ID}`]);
  equal(released, true);
  ok(!isThere(path));
});

Deno.test("who cannot have the lock of a model is told how to release just that", async () => {
  using repository = await Repository.create();
  const { id } = await createModel(repository, "command/shell", "sh");
  repository.write(`.swamp/data/command/shell/${id}/.lock`, JSON.stringify(lock()));
  const run = ["model", "method", "run", "sh", "execute", "--input", "run=true", "--wait=0"];
  const { code, stderr } = await repository.run(run);
  equal(code, 75);
  const model = `command/shell/${id}`;
  ok(
    stderr.includes(`'swamp datastore lock release --force --model ${model}' removes it.`),
    stderr,
  );
  await succeeds(repository, [...RELEASE, "--model", model]);
  equal((await repository.run(run)).code, 0);
});

Deno.test("a lock file without lock information can be released", async () => {
  using repository = await Repository.create();
  const path = repository.write(".swamp/.datastore.lock", "garbage");
  deepEqual(await succeeds(repository, RELEASE), {
    released: true,
    previousHolder: { stale: false },
  });
  ok(!isThere(path));
});

Deno.test("lock release wants to be told that it is meant, and which model", async () => {
  using repository = await Repository.create();
  match(
    await complains(repository, ["datastore", "lock", "release"]),
    /^error: Missing required option "--force"\./,
  );
  for (const text of ["nonsense", "/x", "type/", "type/.."]) {
    const { error } = await fails(repository, [...RELEASE, "--model", text]);
    equal(
      error,
      `Invalid --model format: "${text}". Expected "type/id" (e.g. aws-ec2/my-server).`,
    );
  }
});

Deno.test("locks of an extension's datastore are shown and released by its own code", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store } = mirrored;
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await repository.run([...args, "--json"]);
    equal(code, 0, stderr);
    return JSON.parse(stdout);
  };
  const { id } = await json("model", "create", "command/shell", "sh");
  const model = `command/shell/${id}`;
  store.write("global.lock.json", JSON.stringify(lock()));
  store.write(`data!${model.replaceAll("/", "!")}!.lock.lock.json`, JSON.stringify(lock()));
  const status = await json(...STATUS);
  equal(status.global.holder, "bob@other");
  deepEqual(status.models.map((held: { model: string }) => held.model), [model]);
  equal((await json(...RELEASE)).released, true);
  equal((await json(...RELEASE, "--model", model)).released, true);
  deepEqual(await json(...STATUS), { datastore: "@acme/mirror", global: null, models: [] });
});
