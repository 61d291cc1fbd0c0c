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

/**
 * Everything that is loaded with a module of swamp: paths in the checkout, and names of packages.
 *
 * @param path for example `src/cli/mod.ts`
 */
export async function loadedWith(path: string, seen = new Set<string>()): Promise<Set<string>> {
  for (const specifier of await staticImports(join(ROOT, path))) {
    const target = specifier.startsWith(".") ? join(path, "..", specifier) : specifier;
    if (seen.has(target)) continue;
    seen.add(target);
    if (specifier.startsWith(".")) await loadedWith(target, seen);
  }
  return seen;
}
