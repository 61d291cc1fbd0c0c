import { init, parse } from "es-module-lexer";
import { dirname, join, relative } from "@std/path";
import { ZOD_GLOBAL } from "./zod_global.ts";

/** File name of the bridge module in a bundle folder. */
export const ZOD_BRIDGE_FILE = "_zod.js";

/**
 * Source of a module that hands out swamp's own zod under every name that zod exports, so that a
 * bundle's `import { z } from "npm:zod@4"` evaluates no second copy.
 *
 * @param names what zod exports
 */
export function zodBridgeSource(names: readonly string[]): string {
  const exported = names.filter((name) => name !== "default");
  return [
    `const zod = globalThis.${ZOD_GLOBAL};`,
    ...exported.map((name, index) => `const v${index} = zod[${JSON.stringify(name)}];`),
    `export { ${exported.map((name, index) => `v${index} as ${name}`).join(", ")} };`,
    "export default zod;",
    "",
  ].join("\n");
}

/**
 * Points imports of zod in bundles at the bridge module.
 *
 * @param folder absolute path of the bundle folder
 * @param files bundles, relative to it
 * @param specifiers how the sources wrote zod
 */
export async function bridgeZod(
  folder: string,
  files: readonly string[],
  specifiers: ReadonlySet<string>,
): Promise<void> {
  await init();
  for (const file of files) {
    const path = join(folder, file);
    const code = Deno.readTextFileSync(path);
    if (![...specifiers].some((specifier) => code.includes(specifier))) continue;
    const bridge = `./${relative(dirname(path), join(folder, ZOD_BRIDGE_FILE))}`;
    Deno.writeTextFileSync(path, rewriteImports(code, specifiers, bridge));
  }
}

/** Replaces the module specifier of every static and literal dynamic import that is in the set. */
export function rewriteImports(
  code: string,
  specifiers: ReadonlySet<string>,
  replacement: string,
): string {
  let rewritten = "";
  let end = 0;
  const [imports] = parse(code);
  for (const found of imports) {
    if (found.type === "import-meta" || found.specifier === undefined) continue;
    if (!specifiers.has(found.specifier)) continue;
    const quoted = code.slice(found.start, found.end).startsWith('"') ||
      code.slice(found.start, found.end).startsWith("'");
    rewritten += code.slice(end, found.start) +
      (quoted ? JSON.stringify(replacement) : replacement);
    end = found.end;
  }
  return rewritten + code.slice(end);
}
