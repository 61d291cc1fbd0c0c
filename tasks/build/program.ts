/**
 * Bundles swamp's program: a folder of JavaScript files that deno runs as they are.
 *
 * @module
 */
import { join, resolve, toFileUrl } from "@std/path";
import { deferRequire } from "./deferred_imports.ts";

/**
 * The modules that deno starts, as paths from the root of the checkout. A bundle keeps each of them
 * at its path, with `.js` instead of `.ts`; the chunks that they share lie at its root.
 */
const ENTRY_POINTS = ["main.ts", "src/infrastructure/extensions/index_worker.ts"];

/** What to bundle, and where to. */
export interface ProgramOptions {
  /** Root folder of the checkout. */
  readonly checkout: string;
  /** Folder for the bundle; empty or missing. */
  readonly outDir: string;
  /** Takes the place of the checkout's `VERSION`. */
  readonly version: string;
}

/** A bundled program. */
export interface Program {
  readonly dir: string;
  /** Paths of its files below `dir`, with `/` between their parts: `main.js` first, others sorted. */
  readonly files: readonly string[];
  readonly version: string;
}

/**
 * Bundles the program of a checkout. Code splitting keeps modules that are imported lazily in files
 * of their own.
 *
 * @throws {Error} when the bundler fails; its output is on stderr.
 *
 * @example
 * ```ts
 * const program = await bundleProgram({ checkout: ".", outDir: "dist/program", version });
 * ```
 */
export async function bundleProgram(options: ProgramOptions): Promise<Program> {
  const { checkout, outDir, version } = options;
  await runBundler(checkout, outDir);
  const files = await filesBelow(outDir);
  await replaceRequire(outDir, files);
  await finish(options, files);
  return { dir: outDir, files, version };
}

async function runBundler(checkout: string, outDir: string): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--platform", "deno", "--code-splitting", "--outdir", outDir],
      ...ENTRY_POINTS,
    ],
    cwd: checkout,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("The program could not be bundled");
}

/** Paths of all files below a folder: `main.js` first, the others sorted. */
async function filesBelow(root: string): Promise<string[]> {
  const files: string[] = [];
  const visit = async (folder: string) => {
    for await (const entry of Deno.readDir(join(root, folder))) {
      if (entry.isDirectory) await visit(`${folder}${entry.name}/`);
      else files.push(`${folder}${entry.name}`);
    }
  };
  await visit("");
  return ["main.js", ...files.filter((file) => file !== "main.js").sort()];
}

/** How the bundler gives CommonJS packages their `require`. */
const REQUIRE =
  /import \{ createRequire as (\w+) \} from "node:module";\nvar __require = \1\(import\.meta\.url\);/;

/**
 * Gives CommonJS packages a `require` that costs nothing until it is called. The bundler's own loads
 * `node:module` in a chunk that every other chunk imports: 10 ms at each start of swamp. All packages
 * are bundled, so nothing but Node's own modules is ever required.
 */
async function replaceRequire(outDir: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const path = join(outDir, file);
    const text = await Deno.readTextFile(path);
    if (!REQUIRE.test(text)) continue;
    const lazy = "var __require = (id) => globalThis.process.getBuiltinModule(id);";
    await Deno.writeTextFile(path, text.replace(REQUIRE, lazy));
  }
}

/**
 * Puts the version into the bundle, and defers what it need not load at its start. The checkout
 * itself stays as it is.
 */
async function finish(options: ProgramOptions, files: readonly string[]): Promise<void> {
  const { VERSION } = await import(toFileUrl(resolve(options.checkout, "src/version.ts")).href);
  const [old, replacement] = [JSON.stringify(VERSION), JSON.stringify(options.version)];
  let found = false;
  for (const file of files) {
    const path = join(options.outDir, file);
    const source = await Deno.readTextFile(path);
    found ||= source.includes(old);
    await Deno.writeTextFile(path, deferRequire(source.replaceAll(old, replacement)));
  }
  if (!found) throw new Error(`The bundle does not hold the version ${old}`);
}
