import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "@std/path";
import { denoCompile } from "../../../tasks/build/deno_compile.ts";
import { bundleProgram } from "../../../tasks/build/program.ts";
import { compile } from "../../../tasks/compile.ts";
import { run } from "./portable_program.ts";

// The runtime of `deno compile` cannot be had everywhere. With deno itself in its place an executable
// is written that holds everything but does not start as swamp.
const DENORT = Deno.execPath();
const CHECKOUT = fromFileUrl(new URL("../../../", import.meta.url));
const VERSION = "20260102.030405.0-sha.abc";

async function temporaryFolder(): Promise<{ dir: string } & AsyncDisposable> {
  const dir = await Deno.makeTempDir();
  return { dir, [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }) };
}

Deno.test("deno compile embeds the program and deno", async () => {
  await using made = await temporaryFolder();
  const outDir = join(made.dir, "program");
  const program = await bundleProgram({ checkout: CHECKOUT, outDir, version: VERSION });
  const output = join(made.dir, "swamp");
  const failure = await denoCompile({ deno: Deno.execPath(), denort: DENORT, program, output });
  assert.equal(failure, undefined);
  const deno = (await Deno.stat(Deno.execPath())).size;
  assert.ok((await Deno.stat(output)).size > 2 * deno);
  for (const file of ["main.js", "index_worker.js"]) assert.ok(await contains(output, file), file);
});

async function contains(path: string, text: string): Promise<boolean> {
  const { code } = await new Deno.Command("grep", { args: ["-qaF", text, path] }).output();
  return code === 0;
}

Deno.test("where deno compile makes no swamp, the portable form takes its place", async () => {
  await using made = await temporaryFolder();
  const output = join(made.dir, "swamp");
  await Deno.writeTextFile(output, "an older one");
  const { form, reason, version } = await compile({ output, form: "auto", denort: DENORT });
  assert.equal(form, "portable");
  assert.match(reason, /does not start as swamp/);
  const result = await run([output, "version"], { SWAMP_CACHE_DIR: join(made.dir, "cache") });
  assert.deepEqual(result, { code: 0, stdout: `swamp ${version}\n`, stderr: "" });
});

Deno.test("deno compile says why it failed", async () => {
  await using made = await temporaryFolder();
  await Deno.writeTextFile(join(made.dir, "main.js"), "");
  const failure = await denoCompile({
    deno: Deno.execPath(),
    denort: join(made.dir, "missing"),
    program: { dir: made.dir, files: ["main.js"], version: VERSION },
    output: join(made.dir, "swamp"),
  });
  assert.match(failure!, /missing|No such file/);
});
