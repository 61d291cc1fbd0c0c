/**
 * Makes one executable file of a deno binary and a bundled program, without the runtime that `deno
 * compile` needs. The file is a shell script, `portable_stub.sh`, followed by two compressed archives.
 *
 * @module
 */
import { join } from "@std/path";
import { contentHash } from "../../src/infrastructure/extensions/content_hash.ts";
import { writeFileAtomically } from "../../src/infrastructure/persistence/atomic_file.ts";
import { hideDynamicImports } from "./deferred_imports.ts";
import { V8_FLAGS } from "./v8_flags.ts";
import type { Program } from "./program.ts";
import { tarArchive, type TarEntry } from "./tar_archive.ts";

/** How deno runs the program: with all rights, and without looking at files of the user's projects. */
export const RUN_ARGUMENTS = [
  ...["run", "--allow-all", "--quiet", "--no-config", "--no-lock"],
  V8_FLAGS,
];

/** What to make an executable of, and where to. */
export interface PortableExecutableOptions {
  /** The deno binary to embed. */
  readonly deno: string;
  /** What tells this deno from others, such as `2.9.6`. */
  readonly denoVersion: string;
  readonly program: Program;
  /** The file to write. It is replaced in one step, so that it may be running. */
  readonly output: string;
  /** Folder that keeps the compressed deno for the next time; made when missing. */
  readonly cacheDir: string;
}

/** A compressed archive and the folder that it is unpacked into. */
interface Part {
  /** Name of the folder; tells its contents. */
  readonly name: string;
  readonly archive: Uint8Array<ArrayBuffer>;
}

/**
 * Writes an executable for the systems that the embedded deno runs on, other than Windows.
 *
 * @example
 * ```ts
 * await writePortableExecutable({ deno, denoVersion: "2.9.6", program, output: "dist/swamp" });
 * ```
 */
export async function writePortableExecutable(options: PortableExecutableOptions): Promise<void> {
  const { program, output } = options;
  const programPart = await pack(`swamp-${program.version}`, await programEntries(program));
  const denoPart = await packDeno(options);
  const stub = await stubText(program, programPart, denoPart);
  const temporary = `${output}.${crypto.randomUUID()}.tmp`;
  const parts = [stub, programPart.archive, denoPart.archive];
  try {
    await Deno.writeFile(temporary, new Blob(parts).stream(), { mode: 0o755, createNew: true });
    await Deno.rename(temporary, output);
  } finally {
    await Deno.remove(temporary).catch(() => {});
  }
}

async function programEntries(program: Program): Promise<TarEntry[]> {
  return await Promise.all(program.files.map(async (name) => {
    const source = await Deno.readTextFile(join(program.dir, name));
    return { name, content: new TextEncoder().encode(await hideDynamicImports(source)) };
  }));
}

async function pack(name: string, entries: readonly TarEntry[]): Promise<Part> {
  const archive = await compress(entries);
  return { name: `${name}-${(await contentHash(archive)).slice(0, 12)}`, archive };
}

/** To compress deno takes seconds, so the result is kept. */
async function packDeno({ deno, denoVersion, cacheDir }: PortableExecutableOptions): Promise<Part> {
  const content = await Deno.readFile(deno);
  const name = `deno-${denoVersion}-${(await contentHash(content)).slice(0, 12)}`;
  const kept = join(cacheDir, `${name}.tar.gz`);
  try {
    return { name, archive: await Deno.readFile(kept) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const archive = await compress([{ name: "deno", content, executable: true }]);
  await Deno.mkdir(cacheDir, { recursive: true });
  await writeFileAtomically(kept, archive);
  return { name, archive };
}

async function compress(entries: readonly TarEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const archive = new Blob(tarArchive(entries)).stream();
  return await new Response(archive.pipeThrough(new CompressionStream("gzip"))).bytes();
}

/** The script, with everything filled in that it needs to know of the archives behind it. */
async function stubText(program: Program, programPart: Part, denoPart: Part): Promise<string> {
  const template = await Deno.readTextFile(new URL("portable_stub.sh", import.meta.url));
  const withNames = template
    .replace("@PROGRAM@", programPart.name)
    .replace("@PROGRAM_FILES@", program.files.join(" "))
    .replace("@DENO@", denoPart.name)
    .replace("@RUN@", RUN_ARGUMENTS.join(" "));
  const fill = (stubLength: number) => {
    // `tail -c +N` counts bytes from 1.
    const programAt = stubLength + 1;
    const denoAt = programAt + programPart.archive.length;
    return withNames
      .replace("@PROGRAM_AT@", `${programAt} ${programPart.archive.length}`)
      .replace("@DENO_AT@", `${denoAt} ${denoPart.archive.length}`);
  };
  // The offsets count towards the length that they depend on.
  let text = fill(withNames.length);
  while (fill(text.length) !== text) text = fill(text.length);
  return text;
}
