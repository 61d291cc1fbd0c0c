import { join } from "@std/path";
import { unpackedFolder } from "./embedded_files.ts";

/** The name of deno's binary on this system. */
export const DENO_FILE = Deno.build.os === "windows" ? "deno.exe" : "deno";

/**
 * Path of a deno binary that can bundle and run scripts: the running one, except where swamp is an
 * executable made by `deno compile`. Such an executable holds only a part of deno, so it carries a
 * whole one, which is unpacked into swamp's cache at the first call.
 *
 * @throws {AggregateError} when it cannot be unpacked.
 *
 * @example
 * ```ts
 * new Deno.Command(await denoExecutable(), { args: ["bundle", "model.ts"] });
 * ```
 */
export async function denoExecutable(): Promise<string> {
  if (!Deno.build.standalone) return Deno.execPath();
  const source = join(import.meta.dirname!, DENO_FILE);
  const name = `deno-${Deno.version.deno}-${Deno.build.target}`;
  return join(
    await unpackedFolder(name, [{ source, name: DENO_FILE, executable: true }]),
    DENO_FILE,
  );
}
