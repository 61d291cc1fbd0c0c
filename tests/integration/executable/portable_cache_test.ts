import assert from "node:assert/strict";
import { join } from "node:path";
import { portableProgram, run } from "./portable_program.ts";

const program = await portableProgram();
globalThis.addEventListener("unload", () => Deno.removeSync(program.dir, { recursive: true }));

/** A home folder and a folder for temporary files. */
async function folders(): Promise<{ home: string; temporary: string } & AsyncDisposable> {
  const root = await Deno.makeTempDir();
  const [home, temporary] = [join(root, "home"), join(root, "tmp")];
  await Deno.mkdir(home);
  await Deno.mkdir(temporary);
  const dispose = () => Deno.remove(root, { recursive: true });
  return { home, temporary, [Symbol.asyncDispose]: dispose };
}

const OWN_FOLDER = `swamp-${Deno.uid()}`;

Deno.test("the cache is in the home folder", async () => {
  await using made = await folders();
  const { stdout } = await run([program.executable, "deno"], { HOME: made.home });
  assert.ok(stdout.startsWith(join(made.home, ".cache/swamp/runtime/deno-")), stdout);
});

Deno.test("XDG_CACHE_HOME moves the cache", async () => {
  await using made = await folders();
  const env = { HOME: made.home, XDG_CACHE_HOME: join(made.home, "my cache") };
  const { stdout } = await run([program.executable, "deno"], env);
  assert.ok(stdout.startsWith(join(made.home, "my cache/swamp/runtime/deno-")), stdout);
});

Deno.test("SWAMP_CACHE_DIR names the cache, from the current folder if it is relative", async () => {
  await using made = await folders();
  const env = { HOME: made.home, SWAMP_CACHE_DIR: "mine" };
  const { stdout } = await run([program.executable, "deno"], env, { cwd: made.temporary });
  assert.ok(stdout.startsWith(join(made.temporary, "mine/runtime/deno-")), stdout);
});

Deno.test("SWAMP_HOME holds the cache, unless SWAMP_CACHE_DIR names another [B39]", async () => {
  await using made = await folders();
  const env = { HOME: made.home, XDG_CACHE_HOME: made.home, SWAMP_HOME: join(made.temporary, "s") };
  const { stdout } = await run([program.executable, "deno"], env);
  assert.ok(stdout.startsWith(join(made.temporary, "s/cache/runtime/deno-")), stdout);
  const named = { ...env, SWAMP_CACHE_DIR: join(made.temporary, "c") };
  const { stdout: other } = await run([program.executable, "deno"], named);
  assert.ok(other.startsWith(join(made.temporary, "c/runtime/deno-")), other);
  const inHome = [...Deno.readDirSync(made.home)].map(({ name }) => name);
  assert.ok(!inHome.includes("swamp") && !inHome.includes(".cache"), inHome.join());
});

Deno.test("without a home folder the cache is among the temporary files, closed to others", async () => {
  await using made = await folders();
  const { stdout, stderr } = await run([program.executable, "deno"], { TMPDIR: made.temporary });
  const own = join(made.temporary, OWN_FOLDER);
  assert.ok(stdout.startsWith(join(own, "runtime/deno-")), stdout);
  assert.equal(stderr, "");
  assert.equal((await Deno.stat(own)).mode! & 0o777, 0o700);
});

Deno.test("where the home folder cannot be written the cache is among the temporary files", async () => {
  await using made = await folders();
  // A file in place of a folder stops even the super-user.
  await Deno.writeTextFile(join(made.home, ".cache"), "");
  const env = { HOME: made.home, TMPDIR: made.temporary };
  const { code, stdout, stderr } = await run([program.executable, "deno"], env);
  assert.equal(code, 0);
  assert.ok(stdout.startsWith(join(made.temporary, OWN_FOLDER)), stdout);
  assert.equal(stderr, "");
});

Deno.test("a temporary folder that somebody else has put there is not trusted", async () => {
  await using made = await folders();
  await Deno.symlink(made.home, join(made.temporary, OWN_FOLDER));
  const { code, stderr } = await run([program.executable, "deno"], { TMPDIR: made.temporary });
  assert.equal(code, 1);
  assert.match(stderr, /SWAMP_CACHE_DIR/);
  assert.deepEqual([...Deno.readDirSync(made.home)], []);
});

Deno.test("a chosen cache that cannot be written is an error that names it", async () => {
  await using made = await folders();
  await Deno.writeTextFile(join(made.home, "file"), "");
  const env = { HOME: made.home, SWAMP_CACHE_DIR: join(made.home, "file") };
  const { code, stdout, stderr } = await run([program.executable, "deno"], env);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.ok(stderr.includes(join(made.home, "file/runtime")), stderr);
});
