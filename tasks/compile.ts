/**
 * `deno task compile`: makes swamp's executable, by `deno compile` where its runtime can be had, else
 * in the portable form. Says which of them it made, and why.
 *
 * ```sh
 * deno task compile [--output dist/swamp] [--form auto|compiled|portable]
 *                   [--target <triple> --deno <binary for the target>]
 * ```
 *
 * @module
 */
import { basename, dirname, fromFileUrl, join, resolve } from "@std/path";
import { parseArgs } from "node:util";
import { VERSION as DEVELOPMENT_VERSION } from "../src/version.ts";
import { buildVersion } from "./build/build_version.ts";
import { denoCompile, startsAsSwamp } from "./build/deno_compile.ts";
import { writePortableExecutable } from "./build/portable_executable.ts";
import { endingPlainly } from "./terminal/failure.ts";
import { bundleProgram, type Program } from "./build/program.ts";

const CHECKOUT = fromFileUrl(new URL("../", import.meta.url));

/** How an executable can be made. */
export type ExecutableForm = "compiled" | "portable";

/** What to make. */
export interface CompileOptions {
  /** The file to write. */
  readonly output: string;
  /** `auto` prefers `compiled`. */
  readonly form: ExecutableForm | "auto";
  /** Target triple of another system; needs the form `compiled`. */
  readonly target?: string;
  /** The deno binary to embed; the running one unless told. */
  readonly deno?: string;
  /** The runtime for the form `compiled`; unless told, `DENORT_BIN` or what deno finds. */
  readonly denort?: string;
}

/** What was made. */
export interface Executable {
  readonly path: string;
  readonly form: ExecutableForm;
  readonly version: string;
  /** Why it has this form. */
  readonly reason: string;
}

/**
 * Makes swamp's executable from this checkout.
 *
 * @throws {Error} when the program cannot be bundled, or the form asked for cannot be made.
 *
 * @example
 * ```ts
 * const { form } = await compile({ output: "dist/swamp", form: "auto" });
 * ```
 */
export async function compile(options: CompileOptions): Promise<Executable> {
  const output = resolve(options.output);
  await Deno.mkdir(dirname(output), { recursive: true });
  const outDir = await Deno.makeTempDir({ prefix: "swamp-program-" });
  try {
    const version = await buildVersion(CHECKOUT) ?? DEVELOPMENT_VERSION;
    const program = await bundleProgram({ checkout: CHECKOUT, outDir, version });
    return await makeExecutable({ ...options, output }, program);
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
}

async function makeExecutable(options: CompileOptions, program: Program): Promise<Executable> {
  const { output: path, form } = options;
  const { version } = program;
  let reason = "it was asked for";
  if (form !== "portable") {
    const failure = await tryDenoCompile(options, program);
    if (failure === undefined) return { path, form: "compiled", version, reason: runtimeOrigin() };
    reason = `"deno compile" failed: ${failure}`;
    if (form === "compiled") throw new Error(reason);
  }
  if (Deno.build.os === "windows") throw new Error(`${reason}. Windows has no portable form`);
  await writePortableExecutable({
    deno: options.deno ?? Deno.execPath(),
    denoVersion: Deno.version.deno,
    program,
    output: path,
    cacheDir: join(CHECKOUT, "dist/cache"),
  });
  return { path, form: "portable", version, reason };
}

/** Why the form `compiled` cannot be made, or `undefined` if it has been made. */
async function tryDenoCompile(
  options: CompileOptions,
  program: Program,
): Promise<string | undefined> {
  const { output, target, denort, deno = Deno.execPath() } = options;
  // `deno compile` replaces nothing but what it has made itself.
  const dir = await Deno.makeTempDir({ dir: dirname(output), prefix: ".compile-" });
  const made = join(dir, basename(output));
  try {
    const failure = await denoCompile({
      ...{ deno, program, output: made },
      ...(target === undefined ? {} : { target }),
      ...(denort === undefined ? {} : { denort }),
    });
    if (failure !== undefined) return failure;
    if (target === undefined && !await startsAsSwamp(made, program.version)) {
      return "the executable that it made does not start as swamp";
    }
    await Deno.rename(made, output);
    return undefined;
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      output: { type: "string", default: join(CHECKOUT, "dist/swamp") },
      form: { type: "string", default: "auto" },
      target: { type: "string" },
      deno: { type: "string" },
    },
  });
  const { output, form, target, deno } = values;
  if (form !== "auto" && form !== "compiled" && form !== "portable") {
    throw new RangeError(`--form is auto, compiled or portable, not "${form}"`);
  }
  const executable = await compile({
    output,
    form: target === undefined ? form : "compiled",
    ...(target === undefined ? {} : { target }),
    ...(deno === undefined ? {} : { deno }),
  });
  console.log(summary(executable, (await Deno.stat(executable.path)).size));
}

function runtimeOrigin(): string {
  const named = Deno.env.get("DENORT_BIN");
  return named === undefined
    ? "its runtime could be downloaded, or was in the cache"
    : `DENORT_BIN names its runtime, ${named}`;
}

function summary({ path, form, version, reason }: Executable, size: number): string {
  const made = form === "compiled"
    ? 'made by "deno compile"'
    : "portable: a shell script that carries deno and the program";
  return `${path} (${
    (size / 1e6).toFixed(1)
  } MB), swamp ${version}\n  ${made}\n  because ${reason}`;
}

if (import.meta.main) await endingPlainly(() => main(Deno.args));
