import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { fromFileUrl } from "@std/path";
import { bundleProgram, type Program } from "../../../tasks/build/program.ts";

const CHECKOUT = fromFileUrl(new URL("../../../", import.meta.url));
const VERSION = "20260102.030405.0-sha.abc";

const dir = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));
const program: Program = await bundleProgram({ checkout: CHECKOUT, outDir: dir, version: VERSION });

Deno.test("the bundle carries the version that it was built with", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-config", "--no-lock", join(dir, "main.js"), "version"],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  assert.equal(new TextDecoder().decode(stdout), `swamp ${VERSION}\n`);
});

Deno.test("the program that indexes extensions is a file of its own", () => {
  assert.equal(program.files[0], "main.js");
  assert.ok(program.files.includes("src/infrastructure/extensions/index_worker.js"));
});

// They take longer to load than all the rest of a start, see design/performance.md.
Deno.test("a start loads no module of Node", async () => {
  for (const file of await staticImports("main.js")) {
    const source = await Deno.readTextFile(join(dir, file));
    assert.doesNotMatch(source, /^import\b.*"node:|\bfrom "node:/m, file);
  }
});

Deno.test("a start loads a small part of the program", async () => {
  const size = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + Deno.statSync(join(dir, file)).size, 0);
  const [start, whole] = [size(await staticImports("main.js")), size(program.files)];
  assert.ok(start < whole / 10, `${start} of ${whole} bytes`);
});

/** A file of the bundle, and all that it imports statically, directly or not. */
async function staticImports(file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found;
  found.add(file);
  const source = await Deno.readTextFile(join(dir, file));
  for (const [, target] of source.matchAll(/^(?:import|export|\}) ?.*"(\.[^"]+)";$/gm)) {
    await staticImports(relative(dir, join(dir, file, "..", target!)), found);
  }
  return found;
}
