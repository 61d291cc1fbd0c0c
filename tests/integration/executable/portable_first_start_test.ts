import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { portableProgram, run } from "./portable_program.ts";

const RUNTIME = "runtime";

const program = await portableProgram();
globalThis.addEventListener("unload", () => Deno.removeSync(program.dir, { recursive: true }));

/** A cache of its own for one test. */
async function emptyCache(): Promise<{ cache: string } & AsyncDisposable> {
  const cache = await Deno.makeTempDir({ prefix: "swamp cache " });
  return { cache, [Symbol.asyncDispose]: () => Deno.remove(cache, { recursive: true }) };
}

function entries(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
}

Deno.test("the first start unpacks deno and the program, without a word", async () => {
  await using empty = await emptyCache();
  const first = await run([program.executable, "arguments", "x"], { SWAMP_CACHE_DIR: empty.cache });
  assert.deepEqual(first, { code: 0, stdout: '["x"]\n', stderr: "" });
  const [deno, swamp, ...rest] = entries(join(empty.cache, RUNTIME));
  assert.match(deno!, /^deno-\d+\.\d+\.\d+-[0-9a-f]{12}$/);
  assert.match(swamp!, /^swamp-20260102\.030405\.0-sha\.abc-[0-9a-f]{12}$/);
  assert.deepEqual(rest, []);
});

Deno.test("later starts need no other command", async () => {
  await using empty = await emptyCache();
  const env = { SWAMP_CACHE_DIR: empty.cache };
  await run([program.executable], env);
  const later = await run([program.executable, "arguments", "x"], { ...env, PATH: "/nonexistent" });
  assert.deepEqual(later, { code: 0, stdout: '["x"]\n', stderr: "" });
});

Deno.test("ten first starts at once all succeed and leave one copy", async () => {
  await using empty = await emptyCache();
  const env = { SWAMP_CACHE_DIR: empty.cache };
  const runs = await Promise.all(
    Array.from({ length: 10 }, (_, i) => run([program.executable, "arguments", `${i}`], env)),
  );
  runs.forEach((result, i) => {
    assert.deepEqual(result, { code: 0, stdout: `["${i}"]\n`, stderr: "" });
  });
  assert.equal(entries(join(empty.cache, RUNTIME)).length, 2);
});

Deno.test("ten first starts that do not wait for each other do no harm", async () => {
  await using names = await emptyCache();
  await run([program.executable], { SWAMP_CACHE_DIR: names.cache });
  await using empty = await emptyCache();
  const runtime = join(empty.cache, RUNTIME);
  await Deno.mkdir(runtime);
  // Whoever holds these locks is gone, so nobody waits.
  for (const name of entries(join(names.cache, RUNTIME))) {
    await Deno.writeTextFile(join(runtime, `.lock-${name}`), "999999999\n");
  }
  const start = () => run([program.executable, "lazy"], { SWAMP_CACHE_DIR: empty.cache });
  for (const result of await Promise.all(Array.from({ length: 10 }, start))) {
    assert.deepEqual(result, { code: 0, stdout: "lazily\n", stderr: "" });
  }
  assert.deepEqual(entries(runtime), entries(join(names.cache, RUNTIME)));
});

Deno.test("a start that is killed while it unpacks does no harm", async () => {
  await using empty = await emptyCache();
  const runtime = join(empty.cache, RUNTIME);
  const env = { SWAMP_CACHE_DIR: empty.cache };
  await killWhileUnpacking(env, runtime);
  assert.ok(entries(runtime).some((name) => name.startsWith(".unpacking-")));
  const next = await run([program.executable, "lazy"], env);
  assert.deepEqual(next, { code: 0, stdout: "lazily\n", stderr: "" });
  assert.equal(entries(runtime).length, 2);
});

/** Starts with a `gzip` that never ends, and kills all of it once it is waiting for that. */
async function killWhileUnpacking(env: Record<string, string>, runtime: string): Promise<void> {
  await using tools = await emptyCache();
  const waiting = join(tools.cache, "waiting");
  await Deno.writeTextFile(
    join(tools.cache, "gzip"),
    `#!/bin/sh\ncat > '${waiting}'\nexec sleep 60\n`,
    { mode: 0o755 },
  );
  const start = spawn(program.executable, [], {
    env: { ...env, PATH: `${tools.cache}:${Deno.env.get("PATH")}` },
    detached: true,
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => start.on("exit", resolve));
  while (!await exists(waiting)) await new Promise((resolve) => setTimeout(resolve, 10));
  process.kill(-start.pid!, "SIGKILL");
  await ended;
  assert.ok(await exists(runtime));
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

Deno.test("a copy that has lost a file is replaced", async () => {
  await using empty = await emptyCache();
  const env = { SWAMP_CACHE_DIR: empty.cache };
  await run([program.executable], env);
  const runtime = join(empty.cache, RUNTIME);
  const [, swamp] = entries(runtime);
  await Deno.remove(join(runtime, swamp!, "lazy/part.js"));
  const next = await run([program.executable, "lazy"], env);
  assert.deepEqual(next, { code: 0, stdout: "lazily\n", stderr: "" });
});

Deno.test("versions share one deno", async () => {
  await using empty = await emptyCache();
  await using other = await portableProgram("20270102.030405.0-sha.def");
  const env = { SWAMP_CACHE_DIR: empty.cache };
  const first = await run([program.executable, "deno"], env);
  const second = await run([other.executable, "deno"], env);
  assert.equal(first.stdout, second.stdout);
  assert.equal(entries(join(empty.cache, RUNTIME)).length, 3);
});

Deno.test("what nobody has used for 30 days goes when a new version is unpacked", async () => {
  await using empty = await emptyCache();
  const runtime = join(empty.cache, RUNTIME);
  for (const [name, days] of [["swamp-old-1", 31], ["swamp-old-2", 29]] as const) {
    await Deno.mkdir(join(runtime, name), { recursive: true });
    await Deno.writeTextFile(join(runtime, name, "main.js"), "");
    await Deno.utime(join(runtime, name, "main.js"), Date.now() / 1000 - days * 86_400, 0);
  }
  await run([program.executable], { SWAMP_CACHE_DIR: empty.cache });
  const left = entries(runtime);
  assert.ok(!left.includes("swamp-old-1"));
  assert.ok(left.includes("swamp-old-2"));
});

Deno.test("an executable that was cut short says so and unpacks nothing", async () => {
  await using empty = await emptyCache();
  const cut = join(empty.cache, "cut");
  await Deno.copyFile(program.executable, cut);
  await Deno.truncate(cut, (await Deno.stat(cut)).size - 1_000_000);
  const result = await run([cut, "lazy"], { SWAMP_CACHE_DIR: empty.cache });
  assert.equal(result.code, 1);
  assert.match(result.stderr, /^error: swamp cannot be unpacked:/);
  assert.ok(!entries(join(empty.cache, RUNTIME)).some((name) => name.startsWith("deno-")));
});
