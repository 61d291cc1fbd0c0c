/**
 * Rewrites of bundled modules that spare a start what the command at hand may never need. Neither
 * changes what a module does.
 *
 * @module
 */
import { init, parse } from "es-module-lexer";

/**
 * Hides the targets of dynamic imports from deno, which at the start of a program reads and parses
 * every module that it can see in one: here more than a hundred files instead of fifteen.
 *
 * @param source text of a JavaScript module
 *
 * @example
 * ```ts
 * await hideDynamicImports('await import("./zod.js");'); // 'await import((0, "./zod.js"));'
 * ```
 */
export async function hideDynamicImports(source: string): Promise<string> {
  await init();
  const [imports] = parse(source);
  let hidden = source;
  // From the end, so that the positions of the ones before stay right.
  for (const { type, specifier, start, end } of imports.toReversed()) {
    if (type !== "dynamic" || specifier === undefined) continue;
    hidden = `${hidden.slice(0, start)}(0, ${hidden.slice(start, end)})${hidden.slice(end)}`;
  }
  return hidden;
}

/** What the bundler puts at the head of a program in which something uses `require`. */
const REQUIRE =
  /import \{ createRequire as (\w+) \} from "node:module";\nvar __require = \1\(([^)]*)\);/;

/**
 * Lets a bundle load Node's modules when something calls `require`, which is when a CommonJS package
 * is used, in place of at its start. They take as long to load as deno takes to start.
 *
 * @param source text of a JavaScript module
 */
export function deferRequire(source: string): string {
  return source.replace(
    REQUIRE,
    (_, _name, base) =>
      "var __nodeRequire;\n" +
      "var __require = (id) => (__nodeRequire ??= " +
      `globalThis.process.getBuiltinModule("node:module").createRequire(${base}))(id);`,
  );
}
