import { deepEqual, ok } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { init, parse } from "es-module-lexer";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** The modules that a module loads as soon as it is loaded itself; types are gone by then. */
async function staticImports(path: string): Promise<string[]> {
  await init();
  const [imports] = parse(await Deno.readTextFile(path));
  return imports.flatMap((found) =>
    found.type === "static" && !found.typeOnly ? [found.specifier] : []
  );
}

/** Everything that is loaded with a module. */
async function loadedWith(path: string, seen = new Set<string>()): Promise<Set<string>> {
  for (const specifier of await staticImports(join(ROOT, path))) {
    const target = specifier.startsWith(".") ? join(path, "..", specifier) : specifier;
    if (seen.has(target)) continue;
    seen.add(target);
    if (specifier.startsWith(".")) await loadedWith(target, seen);
  }
  return seen;
}

Deno.test("no command loads CEL before there is an expression", async () => {
  const commands = ["method/run", "validate", "evaluate", "create", "get", "edit"];
  for (const command of commands) {
    const loaded = [...await loadedWith(`src/cli/commands/model/${command}.ts`)];
    deepEqual(loaded.filter((module) => module.includes("cel-js")), [], command);
  }
});

Deno.test("what evaluates expressions does load it", async () => {
  const loaded = await loadedWith("src/libswamp/expressions/definition_evaluator.ts");
  ok(loaded.has("@marcbachmann/cel-js"));
});
