import assert from "node:assert/strict";
import { join } from "node:path";
import * as fc from "fast-check";
import { portableProgram, run } from "./portable_program.ts";

const program = await portableProgram();
globalThis.addEventListener("unload", () => Deno.removeSync(program.dir, { recursive: true }));
const env = { SWAMP_CACHE_DIR: join(program.dir, "cache") };
await run([program.executable], env);

/** The shells of this machine that could be its `sh`. */
const shells = [["sh"], ["dash"], ["bash", "--posix"], ["busybox", "sh"], ["ksh"], [
  "zsh",
  "--emulate",
  "sh",
]]
  .filter((shell) => isInstalled(shell[0]!));

function isInstalled(command: string): boolean {
  const folders = Deno.env.get("PATH")!.split(":");
  return folders.some((folder) => {
    try {
      return Deno.statSync(join(folder, command)).isFile;
    } catch {
      return false;
    }
  });
}

Deno.test("arguments arrive as they are", async () => {
  const args = [
    "a b",
    "",
    'quo"ted',
    "it's",
    "two\nlines",
    "--",
    "--json",
    "-A",
    "$HOME",
    "*",
    "\\",
  ];
  const { stdout } = await run([program.executable, "arguments", ...args], env);
  assert.deepEqual(JSON.parse(stdout), args);
});

Deno.test("any arguments arrive as they are", async () => {
  const argument = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
  await fc.assert(
    fc.asyncProperty(fc.array(argument), async (args) => {
      const { stdout } = await run([program.executable, "arguments", ...args], env);
      assert.deepEqual(JSON.parse(stdout), args);
    }),
    { numRuns: 25 },
  );
});

for (const shell of shells) {
  Deno.test(`${shell[0]} can run it, the first time and later`, async () => {
    const cache = { SWAMP_CACHE_DIR: await Deno.makeTempDir() };
    for (const time of ["first", "later"]) {
      const result = await run([...shell, program.executable, "arguments", time, "a b"], cache);
      assert.deepEqual(result, { code: 0, stdout: `["${time}","a b"]\n`, stderr: "" });
    }
    await Deno.remove(cache.SWAMP_CACHE_DIR, { recursive: true });
  });
}

Deno.test("the exit code is the program's", async () => {
  assert.equal((await run([program.executable, "exit", "75"], env)).code, 75);
});

Deno.test("standard input is the program's", async () => {
  const echo = ["sh", "-c", 'printf "one\\ntwo" | "$0" input', program.executable];
  assert.equal((await run(echo, env)).stdout, "one\ntwo\n");
});

Deno.test("signals reach the program", async () => {
  const child = new Deno.Command(program.executable, {
    args: ["wait"],
    env,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGTERM");
  assert.equal((await child.status).code, 42);
  await reader.cancel();
});

Deno.test("a link to it starts it", async () => {
  const link = join(program.dir, "link");
  await Deno.symlink(program.executable, link);
  assert.equal((await run([link, "lazy"], env)).stdout, "lazily\n");
});

Deno.test("it is found in PATH, and unpacks from there", async () => {
  const cache = await Deno.makeTempDir();
  const result = await run(["sh", "-c", "swamp lazy"], {
    SWAMP_CACHE_DIR: cache,
    PATH: `${program.dir}:${Deno.env.get("PATH")}`,
  });
  assert.deepEqual(result, { code: 0, stdout: "lazily\n", stderr: "" });
  await Deno.remove(cache, { recursive: true });
});

Deno.test("a relative path starts it, and unpacks from there", async () => {
  const cache = await Deno.makeTempDir();
  const result = await run(["./swamp", "lazy"], { SWAMP_CACHE_DIR: cache }, { cwd: program.dir });
  assert.deepEqual(result, { code: 0, stdout: "lazily\n", stderr: "" });
  await Deno.remove(cache, { recursive: true });
});

Deno.test("files of the folder that it runs in do not change it", async () => {
  const project = await Deno.makeTempDir();
  for (const name of ["deno.json", "deno.lock", "package.json"]) {
    await Deno.writeTextFile(join(project, name), "not JSON");
  }
  const result = await run([program.executable, "lazy"], env, { cwd: project });
  assert.deepEqual(result, { code: 0, stdout: "lazily\n", stderr: "" });
  await Deno.remove(project, { recursive: true });
});
