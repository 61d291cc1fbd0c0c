import { join } from "@std/path";
import { ensureDir, ensureDirSync } from "./ensure_dir.ts";
import { toPath } from "./paths.ts";

/**
 * Makes sure that a folder exists and has nothing in it.
 *
 * ```ts
 * await emptyDir("dist");
 * ```
 *
 * @throws {Error} if there is something else at the path
 */
export async function emptyDir(dir: string | URL): Promise<void> {
  const path = toPath(dir);
  await ensureDir(path);
  for (const { name } of await Array.fromAsync(Deno.readDir(path))) {
    await Deno.remove(join(path, name), { recursive: true });
  }
}

/** As {@linkcode emptyDir}, without waiting. */
export function emptyDirSync(dir: string | URL): void {
  const path = toPath(dir);
  ensureDirSync(path);
  for (const { name } of [...Deno.readDirSync(path)]) {
    Deno.removeSync(join(path, name), { recursive: true });
  }
}
