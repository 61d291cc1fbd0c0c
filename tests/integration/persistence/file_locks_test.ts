import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { dirname, fromFileUrl, join } from "@std/path";
import type { UserError } from "../../../src/domain/errors.ts";
import type { Locks } from "../../../src/domain/repository/locks.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import { breakLock } from "../../../src/infrastructure/persistence/lock_change.ts";
import { heldNonces, readLock } from "../../../src/infrastructure/persistence/lock_file.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { withRepository } from "./temporary_repository.ts";

const PROCESS = fromFileUrl(new URL("./lock_process.ts", import.meta.url));
const SCOPE = { type: "@acme/thing", modelId: "2ed368ef-ec52-41ca-9585-7cdcef9c1823" };

function start(root: string, ...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PROCESS, root, ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Locks that fail at once instead of waiting. */
function impatient(layout: RepositoryLayout): Locks {
  return createLocks(layout, { notice: () => {}, waitMs: 0 });
}

/** A lock file of somebody on another machine who took it just now. */
const FOREIGN = {
  holder: "bob@other",
  hostname: "other",
  pid: 1,
  acquiredAt: new Date().toISOString(),
  ttlMs: 30_000,
  nonce: "e5f3a7c2-0000-4000-8000-000000000000",
};

async function writeLock(path: string, content: object | string, ageMs = 0): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await Deno.writeTextFile(path, text);
  const then = new Date(Date.now() - ageMs);
  await Deno.utime(path, then, then);
}

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" }).spawn();
  await child.status;
  return child.pid;
}

const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

Deno.test("a lock is a file of JSON that says who holds it, and is gone afterwards", () =>
  withRepository(async (layout) => {
    const lock = await impatient(layout).global();
    const info = JSON.parse(await Deno.readTextFile(layout.globalLock));
    deepEqual(Object.keys(info), ["holder", "hostname", "pid", "acquiredAt", "ttlMs", "nonce"]);
    equal(info.pid, Deno.pid);
    equal(info.hostname, Deno.hostname());
    ok(info.holder.endsWith(`@${Deno.hostname()}`));
    equal(info.ttlMs, 30_000);
    await lock[Symbol.asyncDispose]();
    await lock[Symbol.asyncDispose]();
    await rejects(Deno.stat(layout.globalLock), Deno.errors.NotFound);
  }));

Deno.test("a model's lock lies with its data and leaves no folders behind", () =>
  withRepository(async (layout) => {
    const lock = await impatient(layout).model(SCOPE);
    equal(lock.path, join(layout.data, "@acme", "thing", SCOPE.modelId, ".lock"));
    await lock[Symbol.asyncDispose]();
    deepEqual([...Deno.readDirSync(layout.data)], []);
  }));

Deno.test("a held lock is refused at once to who does not want to wait, with everything to know", () =>
  withRepository(async (layout) => {
    await writeLock(layout.globalLock, { ...FOREIGN, acquiredAt: ago(7_000) });
    const error = await impatient(layout).global().then(
      () => undefined,
      (error) => error as UserError,
    );
    equal(error?.code, "lock_timeout");
    equal(error?.exitCode, 75);
    ok(
      error?.message.startsWith(
        `Lock "${layout.globalLock}" held by bob@other (pid 1) — timed out after `,
      ),
    );
    match(error?.message ?? "", /on host other, is 7 s old/);
    match(error?.message ?? "", /'swamp datastore lock release --force'/);
  }));

Deno.test("who waits gets the lock when it is released", () =>
  withRepository(async (layout) => {
    const first = await impatient(layout).global();
    let isHeld = false;
    const second = createLocks(layout, { notice: () => {} }).global().then((lock) => {
      isHeld = true;
      return lock;
    });
    await new Promise((resolve) => setTimeout(resolve, 120));
    equal(isHeld, false);
    await first[Symbol.asyncDispose]();
    await (await second)[Symbol.asyncDispose]();
  }));

Deno.test("a longer wait is told once, with holder, process and host", () =>
  withRepository(async (layout) => {
    await writeLock(layout.globalLock, FOREIGN);
    const notices: string[] = [];
    const locks = createLocks(layout, { notice: (text) => notices.push(text), waitMs: 2_500 });
    await rejects(locks.global(), { code: "lock_timeout" });
    deepEqual(notices, ["waiting for bob@other (pid 1, host other) …"]);
  }));

Deno.test("a wait ends when it is aborted", () =>
  withRepository(async (layout) => {
    await writeLock(layout.globalLock, FOREIGN);
    const controller = new AbortController();
    const locks = createLocks(layout, { notice: () => {}, signal: controller.signal });
    setTimeout(() => controller.abort(new Error("stop")), 80);
    await rejects(locks.global(), { message: "stop" });
  }));

Deno.test("locks that nobody holds any more are taken over at once", async (context) => {
  const host = { ...FOREIGN, hostname: Deno.hostname() };
  const cases: readonly [string, object | string, number][] = [
    ["a process of this machine that is gone", { ...host, pid: await deadPid() }, 0],
    ["this very process, before it was restarted", { ...host, pid: Deno.pid }, 0],
    ["another machine, without a sign of life for too long", {
      ...FOREIGN,
      acquiredAt: ago(31_000),
    }, 0],
    ["a holder that claims a longer time than anybody may", {
      ...FOREIGN,
      acquiredAt: ago(3_600_000),
      ttlMs: 1e12,
    }, 0],
    ["a clock of the future, long ago", { ...FOREIGN, acquiredAt: ago(-86_400_000) }, 40_000],
    ["nobody: garbage", "{ garbage", 6_000],
    ["nobody: an empty file", "", 6_000],
    ["nobody: JSON of another kind", "[1]", 6_000],
  ];
  for (const [holder, content, ageMs] of cases) {
    await context.step(holder, () =>
      withRepository(async (layout) => {
        await writeLock(layout.globalLock, content, ageMs);
        await using _global = await impatient(layout).global();
        const { pid } = JSON.parse(await Deno.readTextFile(layout.globalLock));
        equal(pid, Deno.pid);
        deepEqual([...Deno.readDirSync(layout.internal)].map(({ name }) => name), [
          ".datastore.lock",
        ]);
      }));
  }
});

Deno.test("locks that somebody may hold are respected", async (context) => {
  const cases: readonly [string, object | string][] = [
    ["another machine, whose processes we cannot see", { ...FOREIGN, pid: await deadPid() }],
    ["a running process of this machine", {
      ...FOREIGN,
      hostname: Deno.hostname(),
      pid: Deno.ppid,
    }],
    ["a clock that runs ahead", { ...FOREIGN, acquiredAt: ago(-86_400_000) }],
    ["somebody who is just writing it", ""],
  ];
  for (const [holder, content] of cases) {
    await context.step(holder, () =>
      withRepository(async (layout) => {
        await writeLock(layout.globalLock, content);
        await rejects(impatient(layout).global(), { code: "lock_timeout" });
      }));
  }
});

Deno.test("a lock without a sign of life while we watch is taken over, whatever the clocks say", () =>
  withRepository(async (layout) => {
    await writeLock(layout.globalLock, { ...FOREIGN, ttlMs: 600, acquiredAt: ago(-600) });
    const locks = createLocks(layout, { notice: () => {}, waitMs: 1_150 });
    await using lock = await locks.global();
    equal(lock.path, layout.globalLock);
  }));

Deno.test("the lock of a killed process is taken over at once", () =>
  withRepository(async (layout) => {
    const child = start(layout.root, "hold");
    const reader = child.stdout.getReader();
    await reader.read();
    await rejects(impatient(layout).global(), { code: "lock_timeout" });
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    await using _lock = await impatient(layout).global();
  }));

for (const [what, stale] of [["no lock", false], ["a stale lock", true]] as const) {
  Deno.test(`of ten processes that start with ${what}, one at a time holds it`, () =>
    withRepository(async (layout) => {
      const counter = join(layout.root, "count");
      await Deno.writeTextFile(counter, "0");
      if (stale) await writeLock(layout.globalLock, { ...FOREIGN, acquiredAt: ago(60_000) });
      const processes = Array.from({ length: 10 }, () => start(layout.root, "count", "3"));
      for (const { success } of await Promise.all(processes.map((child) => child.output()))) {
        ok(success);
      }
      equal(await Deno.readTextFile(counter), "30");
    }));
}

Deno.test("a model waits for a structural command of somebody else, but not for our own", () =>
  withRepository(async (layout) => {
    const global = await impatient(layout).global();
    await using _ours = await impatient(layout).model(SCOPE);
    await global[Symbol.asyncDispose]();
    await writeLock(layout.globalLock, FOREIGN);
    await rejects(impatient(layout).model({ ...SCOPE, modelId: "other" }), {
      code: "lock_timeout",
      message: /\.datastore\.lock" held by bob@other/,
    });
  }));

Deno.test("a structural command does not wait for a model that it does not touch", () =>
  withRepository(async (layout) => {
    await using _model = await impatient(layout).model(SCOPE);
    await using _global = await impatient(layout).global();
    await rejects(impatient(layout).model(SCOPE), { code: "lock_timeout" });
    await using _other = await impatient(layout).model({ ...SCOPE, modelId: "other" });
  }));

Deno.test("all locks of an interrupted process can be given up at once", () =>
  withRepository(async (layout) => {
    const locks = impatient(layout);
    await locks.global();
    await locks.model(SCOPE);
    await locks.releaseAll();
    await using _global = await impatient(layout).global();
    await using _model = await impatient(layout).model(SCOPE);
  }));

Deno.test("a lock that was taken away is not removed by its former holder", () =>
  withRepository(async (layout) => {
    const lock = await impatient(layout).global();
    await writeLock(layout.globalLock, FOREIGN);
    await lock[Symbol.asyncDispose]();
    equal(JSON.parse(await Deno.readTextFile(layout.globalLock)).holder, "bob@other");
  }));

Deno.test("where a file is in the way of a lock, the error names it", () =>
  withRepository(async (layout) => {
    await Deno.writeTextFile(layout.internal, "in the way");
    await rejects(impatient(layout).global(), {
      code: "not_a_directory",
      message: `Datastore path is not a directory: ${layout.internal}`,
    });
  }));

Deno.test("what was waited for is looked at again, and given up where that throws", () =>
  withRepository(async (layout) => {
    let looks = 0;
    const afterWaiting = () => {
      looks++;
      return looks === 1 ? Promise.reject(new Error("moved")) : Promise.resolve();
    };
    const locks = createLocks(layout, { notice: () => {}, waitMs: 5_000, afterWaiting });
    await (await locks.global())[Symbol.asyncDispose]();
    equal(looks, 0);
    for (const outcome of ["rejected", "fulfilled"]) {
      await writeLock(layout.globalLock, FOREIGN);
      const [attempt] = await Promise.allSettled([
        locks.global(),
        new Promise((resolve) => setTimeout(resolve, 60)).then(() =>
          Deno.remove(layout.globalLock)
        ),
      ]);
      equal(attempt.status, outcome);
      if (attempt.status === "fulfilled") await attempt.value[Symbol.asyncDispose]();
      await rejects(Deno.stat(layout.globalLock), Deno.errors.NotFound);
    }
    equal(looks, 2);
  }));

Deno.test("a lock that is taken away is not given back by its holder", () =>
  withRepository(async (layout) => {
    const lock = await impatient(layout).model(SCOPE);
    const broken = await breakLock(lock.path, layout.data);
    equal(broken?.info?.pid, Deno.pid);
    equal(await breakLock(lock.path, layout.data), undefined);
    await writeLock(lock.path, FOREIGN);
    await lock[Symbol.asyncDispose]();
    equal(JSON.parse(await Deno.readTextFile(lock.path)).holder, FOREIGN.holder);
  }));

Deno.test("a lock is known as this process's own from the moment that others can see it", () =>
  withRepository(async (layout) => {
    const locks = createLocks(layout, { notice: () => {} });
    for (let round = 0; round < 20; round++) {
      let isTaken = false;
      const taking = locks.global().finally(() => isTaken = true);
      while (!isTaken) {
        await Deno.lstat(layout.root);
        // Nothing of ours runs meanwhile, but what was begun goes on.
        for (let look = 0; look < 500; look++) {
          const { info } = readLock(layout.globalLock) ?? {};
          ok(info === undefined || heldNonces.has(info.nonce));
        }
      }
      await (await taking)[Symbol.asyncDispose]();
    }
  }));
