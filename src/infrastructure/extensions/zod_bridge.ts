import { init, parse } from "es-module-lexer";
import { dirname, join, relative, SEPARATOR } from "@std/path";
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
 * Points imports in bundles at the modules that stand for what the bundler left out.
 *
 * @param folder absolute path of the bundle folder
 * @param files bundles, relative to it
 * @param modules specifier as the bundles have it → absolute path of a module
 */
export async function linkImports(
  folder: string,
  files: readonly string[],
  modules: ReadonlyMap<string, string>,
): Promise<void> {
  await init();
  for (const file of files) {
    const path = join(folder, file);
    const code = Deno.readTextFileSync(path);
    if (![...modules.keys()].some((specifier) => code.includes(plainEnd(specifier)))) continue;
    const replacement = (specifier: string) => {
      const module = modules.get(specifier);
      return module && relativeSpecifier(dirname(path), module);
    };
    Deno.writeTextFileSync(path, rewriteImports(code, replacement));
  }
}

/** The end of a specifier that a bundle has as it is, whatever of the rest is escaped in it. */
function plainEnd(specifier: string): string {
  return /[\w@./-]*$/.exec(specifier)![0];
}

/** How a module in a folder imports another one: a relative URL, without quotes. */
function relativeSpecifier(folder: string, module: string): string {
  const encode = (segment: string) => encodeURIComponent(segment).replaceAll("'", "%27");
  return `./${relative(folder, module).split(SEPARATOR).map(encode).join("/")}`;
}

/** The specifiers that bundles import and that satisfy `wanted`. */
export async function importedBy(
  folder: string,
  files: readonly string[],
  wanted: (specifier: string) => boolean,
): Promise<string[]> {
  await init();
  const found = files.flatMap((file) => {
    const code = Deno.readTextFileSync(join(folder, file));
    if (!code.includes("zod")) return [];
    const [imports] = parse(code);
    return imports.flatMap((one) =>
      one.type === "import-meta" || one.specifier === undefined ? [] : [one.specifier]
    );
  });
  return [...new Set(found.filter(wanted))].sort();
}

/**
 * Replaces module specifiers of static and literal dynamic imports.
 *
 * @param replacementOf what takes a specifier's place; `undefined` leaves it
 */
function rewriteImports(
  code: string,
  replacementOf: (specifier: string) => string | undefined,
): string {
  let rewritten = "";
  let end = 0;
  const [imports] = parse(code);
  for (const found of imports) {
    if (found.type === "import-meta" || found.specifier === undefined) continue;
    const replacement = replacementOf(found.specifier);
    if (replacement === undefined) continue;
    const isQuoted = /^["']/.test(code.slice(found.start, found.end));
    rewritten += code.slice(end, found.start) +
      (isQuoted ? JSON.stringify(replacement) : replacement);
    end = found.end;
  }
  return rewritten + code.slice(end);
}
