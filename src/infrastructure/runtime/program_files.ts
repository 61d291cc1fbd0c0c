/**
 * The files of swamp's own program that other deno processes run.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { contentHash } from "../extensions/content_hash.ts";
import { DENO_FILE } from "./deno_executable.ts";
import { unpackedFolder } from "./embedded_files.ts";

/** Modules that are started on their own, as paths from the program's root without their ending. */
const ENTRY_POINTS = {
  index_worker: "src/infrastructure/extensions/index_worker",
} as const;

/** A module of swamp, ready to be run by a deno process. */
export interface ProgramFile {
  /** Absolute path. */
  readonly path: string;
  /** What to pass to `deno run` so that the module's imports resolve. */
  readonly configArguments: string[];
}

/**
 * A module of swamp that another deno process can run: its TypeScript source in a checkout, a
 * JavaScript file in a bundle. An executable made by `deno compile` unpacks it at the first call.
 *
 * @throws {AggregateError} when it cannot be unpacked.
 *
 * @example
 * ```ts
 * const { path, configArguments } = await programFile("index_worker");
 * new Deno.Command(await denoExecutable(), { args: ["run", ...configArguments, path] });
 * ```
 */
export async function programFile(name: keyof typeof ENTRY_POINTS): Promise<ProgramFile> {
  const here = import.meta.url;
  if (here.endsWith(".ts")) {
    const root = fromFileUrl(new URL("../../../", here));
    return {
      path: join(root, `${ENTRY_POINTS[name]}.ts`),
      configArguments: ["--config", join(root, "deno.json")],
    };
  }
  // In a bundle this module is part of a chunk, and all chunks are at the root.
  const bundled = fromFileUrl(new URL("./", here));
  const root = Deno.build.standalone ? await unpackedProgram(bundled) : bundled;
  return {
    path: join(root, `${ENTRY_POINTS[name]}.js`),
    configArguments: ["--no-config", "--no-lock"],
  };
}

async function unpackedProgram(root: string): Promise<string> {
  const names = (await filesBelow(root, "")).filter((name) => name !== DENO_FILE).sort();
  const contents = await Promise.all(names.map((name) => Deno.readTextFile(join(root, name))));
  const hash = await contentHash(JSON.stringify([names, contents]));
  const files = names.map((name) => ({ name, source: join(root, name) }));
  return await unpackedFolder(`swamp-${hash.slice(0, 16)}`, files);
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(root, folder))) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory) found.push(...await filesBelow(root, `${path}/`));
    else found.push(path);
  }
  return found;
}
