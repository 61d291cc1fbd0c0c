import assert from "node:assert/strict";
import { join } from "node:path";
import { deferRequire, hideDynamicImports } from "../../../../tasks/build/deferred_imports.ts";

/** What the text of a module does: everything it prints. */
async function outputOf(files: Record<string, string>): Promise<string> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(dir, name), text);
    }
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-read", "--no-config", "--no-lock", join(dir, "main.js")],
      stderr: "inherit",
    }).output();
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The modules that deno reads at the start of a module. */
async function graphOf(files: Record<string, string>): Promise<string[]> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(dir, name), text);
    }
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--no-config", "--no-lock", "--json", join(dir, "main.js")],
    }).output();
    const { modules } = JSON.parse(new TextDecoder().decode(stdout));
    return modules.map(({ specifier }: { specifier: string }) => specifier.split("/").at(-1));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const LAZY = `
const text = 'import("./lazy.js")';
console.log(text, (await import("./lazy.js")).value, (await import(\`./lazy.js\`)).value);
`;

Deno.test("a hidden import still imports, and text that looks like one stays", async () => {
  const files = { "lazy.js": "export const value = 7;", "main.js": await hideDynamicImports(LAZY) };
  assert.equal(await outputOf(files), 'import("./lazy.js") 7 7\n');
});

Deno.test("deno does not see what is imported dynamically before it is", async () => {
  const lazy = { "lazy.js": "export const value = 7;" };
  assert.deepEqual((await graphOf({ ...lazy, "main.js": LAZY })).sort(), ["lazy.js", "main.js"]);
  const hidden = await hideDynamicImports(LAZY);
  assert.deepEqual(await graphOf({ ...lazy, "main.js": hidden }), ["main.js"]);
});

Deno.test("static imports and computed ones stay as they are", async () => {
  const source = 'import a from "./a.js";\nawait import(a);\nimport.meta.url;\n';
  assert.equal(await hideDynamicImports(source), source);
});

const REQUIRE = `
import { createRequire as __deno_internal_createRequire } from "node:module";
var __require = __deno_internal_createRequire(import.meta.url);
console.log(__require("node:path").basename("/a/b"));
`;

Deno.test("a deferred require gives the same modules", async () => {
  assert.equal(await outputOf({ "main.js": deferRequire(REQUIRE) }), "b\n");
});

Deno.test("a module with a deferred require imports no module of Node at its start", () => {
  assert.match(REQUIRE, /from "node:/);
  assert.doesNotMatch(deferRequire(REQUIRE), /from "node:/);
});

Deno.test("a module without require stays as it is", () => {
  assert.equal(deferRequire(LAZY), LAZY);
});
