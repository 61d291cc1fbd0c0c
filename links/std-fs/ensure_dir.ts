import { ifFound, ifFoundSync, kindOf } from "./lookup.ts";

/**
 * Makes sure that a folder exists, with all folders above it.
 *
 * ```ts
 * await ensureDir("models/aws");
 * ```
 *
 * @throws {Error} if there is something else at the path
 */
export async function ensureDir(dir: string | URL): Promise<void> {
  const info = await ifFound(Deno.stat(dir));
  if (info) return assertFolder(info, dir);
  await Deno.mkdir(dir, { recursive: true });
}

/** As {@linkcode ensureDir}, without waiting. */
export function ensureDirSync(dir: string | URL): void {
  const info = ifFoundSync(() => Deno.statSync(dir));
  if (info) return assertFolder(info, dir);
  Deno.mkdirSync(dir, { recursive: true });
}

function assertFolder(info: Deno.FileInfo, dir: string | URL): void {
  if (!info.isDirectory) {
    throw new Error(`There should be a folder at ${dir}, not ${kindOf(info)}`);
  }
}
