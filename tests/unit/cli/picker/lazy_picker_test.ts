import { deepEqual, ok } from "node:assert/strict";
import { fromFileUrl, join, relative } from "@std/path";
import { walk } from "@std/fs";
import { init, parse } from "es-module-lexer";

const ROOT = fromFileUrl(new URL("../../../../", import.meta.url));
const COMMANDS = "src/cli/commands";
/** What decides whether there is a picker, and no more. */
const DECIDING = ["list_or_pick.ts", "pick_to_edit.ts", "live_terminal.ts"];

/** The modules of swamp that are loaded with a module; types are gone by then. */
async function loadedWith(path: string, seen = new Set<string>()): Promise<Set<string>> {
  const [imports] = parse(await Deno.readTextFile(join(ROOT, path)));
  for (const found of imports) {
    if (found.type !== "static" || found.typeOnly || !found.specifier.startsWith(".")) continue;
    const target = join(path, "..", found.specifier);
    if (seen.has(target)) continue;
    seen.add(target);
    await loadedWith(target, seen);
  }
  return seen;
}

Deno.test("no command loads a picker before there is something to pick", async () => {
  await init();
  const loaded: string[] = [];
  for await (const { path } of walk(join(ROOT, COMMANDS), { exts: ["ts"], includeDirs: false })) {
    // This one is only loaded to ask.
    if (path.endsWith("ask_predicate.ts")) continue;
    for (const module of await loadedWith(relative(ROOT, path))) {
      const [, name] = /^src\/cli\/picker\/(.+)$/.exec(module) ?? [];
      if (name !== undefined && !DECIDING.includes(name)) loaded.push(`${path}: ${name}`);
    }
  }
  deepEqual(loaded, []);
});

Deno.test("a picker does load what reads keys", async () => {
  await init();
  ok((await loadedWith("src/cli/picker/pick_entry.ts")).has("src/cli/picker/keys.ts"));
});
