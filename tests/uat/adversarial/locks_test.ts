import { equal, match, ok } from "node:assert/strict";
import { deadPid, isThere } from "../background_run.ts";
import { createModel, runArgs } from "../models.ts";
import { Repository, type Run, type RunOptions } from "../swamp.ts";

/** A repository for all tests, with the shell model `sh`. */
const repository = await Repository.create();
const { id } = await createModel(repository, "command/shell", "sh");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const GLOBAL = ".swamp/.datastore.lock";
const RUN = runArgs("sh", "execute", { run: "true" });

/** Arguments that create a model of a new name. */
const create = () => ["model", "create", "command/shell", `m-${crypto.randomUUID()}`];

/** Runs something while a lock file is there, and takes the file away. */
async function whileLocked(
  text: string,
  args: readonly string[],
  { path = GLOBAL, age = 0, ...options }: RunOptions & { path?: string; age?: number } = {},
): Promise<Run> {
  const file = repository.write(path, text);
  const time = new Date(Date.now() - age * 1000);
  Deno.utimeSync(file, time, time);
  const run = await repository.run(args, options);
  if (isThere(file)) Deno.removeSync(file);
  return run;
}

/** A lock of a process of this machine that runs, taken just now. */
function freshLock(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    holder: `bob@${Deno.hostname()}`,
    hostname: Deno.hostname(),
    pid: Deno.pid,
    acquiredAt: new Date().toISOString(),
    ttlMs: 30_000,
    nonce: crypto.randomUUID(),
    ...changes,
  });
}

const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

/** Locks that nobody holds any more, and the age of their files in seconds. */
const STALE: Readonly<Record<string, () => Promise<readonly [text: string, age: number]>>> = {
  "of a process that is gone": async () => [freshLock({ pid: await deadPid() }), 0],
  "that was not renewed for longer than it lasts": () =>
    Promise.resolve([freshLock({ acquiredAt: ago(31_000) }), 31]),
  "of another machine that was not renewed": () =>
    Promise.resolve([
      freshLock({
        hostname: "elsewhere",
        holder: "bob@elsewhere",
        pid: 1,
        acquiredAt: ago(31_000),
      }),
      31,
    ]),
  "that holds garbage": () => Promise.resolve(["garbage", 120]),
  "that is empty": () => Promise.resolve(["", 120]),
  "that was half written": () => Promise.resolve([freshLock().slice(0, 40), 120]),
  "that claims to be of the future, and is old": () =>
    Promise.resolve([
      freshLock({ acquiredAt: "2099-01-01T00:00:00.000Z", hostname: "elsewhere" }),
      3600,
    ]),
};

for (const [what, lock] of Object.entries(STALE)) {
  Deno.test(`a lock ${what} is taken over at once`, async () => {
    const [text, age] = await lock();
    const { code, stderr } = await whileLocked(text, [...create(), "--wait", "0"], { age });
    equal(code, 0, stderr);
  });

  Deno.test(`a run takes over a model's lock ${what}`, async () => {
    const [text, age] = await lock();
    const path = `.swamp/data/command/shell/${id}/.lock`;
    const { code, stderr } = await whileLocked(text, [...RUN, "--wait", "0"], { age, path });
    equal(code, 0, stderr);
  });
}

/** Locks that somebody holds. */
const HELD: Readonly<Record<string, () => string>> = {
  "of a process that runs here": () => freshLock(),
  "of another machine, whatever runs here under its id": () =>
    freshLock({ hostname: "elsewhere", holder: "bob@elsewhere", pid: 2 ** 22 + 1 }),
};

for (const [what, lock] of Object.entries(HELD)) {
  Deno.test(`a lock ${what} is respected, and its holder and the remedy are named`, async () => {
    const args = [...create(), "--wait", "0", "--json"];
    const { code, json, stderr } = await whileLocked(lock(), args);
    equal(code, 75);
    equal(JSON.parse(stderr.slice(stderr.indexOf("{"))).error, json.error);
    match(json.error, /bob@/);
    match(json.error, /pid \d+/);
    match(stderr, /swamp datastore lock release/);
    ok(!("stack" in json));
  });
}

Deno.test("a run waits for the global lock, too", async () => {
  const { code, stderr } = await whileLocked(freshLock(), [...RUN, "--wait", "0"]);
  equal(code, 75);
  match(stderr, /bob@/);
});

/** Commands that change models or data, each with what it reads from stdin. */
const CHANGES: Readonly<Record<string, string>> = {
  "model delete sh --force": "",
  "model edit sh": "name: sh\nversion: 1\n",
  "model evaluate": "",
  "model evaluate sh": "",
  "data gc --force": "",
  "data rename sh log trail": "",
};

for (const [command, stdin] of Object.entries(CHANGES)) {
  Deno.test(`swamp ${command} waits for the global lock, too`, async () => {
    const args = [...command.split(" "), "--wait", "0"];
    const { code, stderr } = await whileLocked(freshLock(), args, { stdin });
    equal(code, 75, stderr);
  });
}

Deno.test("the longest wait can be set by a variable, which the flag beats", async () => {
  const env = { SWAMP_LOCK_WAIT: "0" };
  const { code, stderr } = await whileLocked(freshLock(), create(), { env });
  equal(code, 75);
  equal(/waiting for/i.test(stderr), false);
  const patient = await whileLocked(freshLock(), [...create(), "--wait", "2s"], { env });
  match(patient.stderr, /waiting for/i);
});

Deno.test("reading commands do not look at the global lock", async () => {
  const { code } = await whileLocked(freshLock(), ["model", "search", "--wait", "0"]);
  equal(code, 0);
});

Deno.test("a wait that is too long ends with exit code 75, after having said for whom", async () => {
  const { code, stdout, stderr } = await whileLocked(freshLock(), [...create(), "--wait", "2s"]);
  equal(code, 75);
  equal(stdout, "");
  equal(stderr.match(/waiting for/gi)?.length, 1, stderr);
  match(stderr, /^error: Lock ".*\.datastore\.lock" held by bob@/m);
});

Deno.test("commands leave no lock behind, whether they succeed or fail", async () => {
  await repository.run(create());
  await repository.run(["model", "create", "command/shell", "sh"]);
  await repository.run(RUN);
  await repository.run(runArgs("sh", "execute", { run: "exit 1" }));
  equal(isThere(repository.path(GLOBAL)), false);
  equal(isThere(repository.path(".swamp/data/command/shell", id, ".lock")), false);
});
