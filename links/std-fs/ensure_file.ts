import { dirname } from "@std/path";
import { ensureDir, ensureDirSync } from "./ensure_dir.ts";
import { ifFound, ifFoundSync, kindOf } from "./lookup.ts";
import { toPath } from "./paths.ts";

/**
 * Makes sure that a file exists, with all folders above it. A file that is
 * there keeps its content.
 *
 * ```ts
 * await ensureFile("logs/today.txt");
 * ```
 *
 * @throws {Error} if there is something else at the path
 */
export async function ensureFile(filePath: string | URL): Promise<void> {
  const path = toPath(filePath);
  const info = await ifFound(Deno.lstat(path));
  if (info) return assertFile(info, path);
  await ensureDir(dirname(path));
  // Appending nothing creates the file, but does not empty one made meanwhile.
  await Deno.writeFile(path, new Uint8Array(), { append: true });
}

/** As {@linkcode ensureFile}, without waiting. */
export function ensureFileSync(filePath: string | URL): void {
  const path = toPath(filePath);
  const info = ifFoundSync(() => Deno.lstatSync(path));
  if (info) return assertFile(info, path);
  ensureDirSync(dirname(path));
  Deno.writeFileSync(path, new Uint8Array(), { append: true });
}

function assertFile(info: Deno.FileInfo, path: string): void {
  if (!info.isFile) {
    throw new Error(`There should be a file at ${path}, not ${kindOf(info)}`);
  }
}
