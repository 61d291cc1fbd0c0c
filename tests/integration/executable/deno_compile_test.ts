import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "@std/path";
import { denoCompile, startsAsSwamp } from "../../../tasks/build/deno_compile.ts";
import { bundleProgram } from "../../../tasks/build/program.ts";

const CHECKOUT = fromFileUrl(new URL("../../../", import.meta.url));
const VERSION = "20260102.030405.0-sha.abc";

// The runtime of `deno compile` cannot be had everywhere. With deno itself in its place an executable
// is written that holds everything but does not start as swamp.
Deno.test("deno compile embeds the program and deno", async () => {
  const dir = await Deno.makeTempDir();
  Deno.env.set("DENORT_BIN", Deno.execPath());
  try {
    const outDir = join(dir, "program");
    const program = await bundleProgram({ checkout: CHECKOUT, outDir, version: VERSION });
    const output = join(dir, "swamp");
    assert.equal(await denoCompile({ deno: Deno.execPath(), program, output }), undefined);
    const deno = (await Deno.stat(Deno.execPath())).size;
    assert.ok((await Deno.stat(output)).size > 2 * deno);
    for (const file of program.files) assert.ok(await contains(output, file), file);
    assert.equal(await startsAsSwamp(output, VERSION), false);
  } finally {
    Deno.env.delete("DENORT_BIN");
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("deno compile says why it failed", async () => {
  const dir = await Deno.makeTempDir();
  Deno.env.set("DENORT_BIN", join(dir, "missing"));
  try {
    await Deno.writeTextFile(join(dir, "main.js"), "");
    const program = { dir, files: ["main.js"], version: VERSION };
    const failure = await denoCompile({
      deno: Deno.execPath(),
      program,
      output: join(dir, "swamp"),
    });
    assert.match(failure!, /missing|No such file/);
  } finally {
    Deno.env.delete("DENORT_BIN");
    await Deno.remove(dir, { recursive: true });
  }
});

async function contains(path: string, text: string): Promise<boolean> {
  const { code } = await new Deno.Command("grep", { args: ["-qaF", text, path] }).output();
  return code === 0;
}
