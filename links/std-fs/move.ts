import { ifFound, ifFoundSync } from "./lookup.ts";
import { isBelow, isSamePath, toPath } from "./paths.ts";

/** How something is moved. */
export interface MoveOptions {
  /** Whether something at the destination is replaced. False by default. */
  overwrite?: boolean;
}

/**
 * Moves a file or folder within its file system.
 *
 * ```ts
 * await move("dist.new", "dist", { overwrite: true });
 * ```
 *
 * @throws {Deno.errors.NotFound} if there is nothing to move
 * @throws {Deno.errors.AlreadyExists} if there is something at the destination
 * @throws {Error} if the destination lies below the source
 */
export async function move(
  src: string | URL,
  dest: string | URL,
  options: MoveOptions = {},
): Promise<void> {
  const [from, to] = [toPath(src), toPath(dest)];
  const source = await Deno.lstat(from);
  assertNotBelow(from, to, source);
  if (options.overwrite && isSamePath(from, to)) return;
  const target = await ifFound(Deno.lstat(to));
  if (target) {
    if (!options.overwrite) throw taken(to);
    if (!source.isFile || !target.isFile) {
      await Deno.remove(to, { recursive: true });
    }
  }
  await Deno.rename(from, to);
}

/** As {@linkcode move}, without waiting. */
export function moveSync(src: string | URL, dest: string | URL, options: MoveOptions = {}): void {
  const [from, to] = [toPath(src), toPath(dest)];
  const source = Deno.lstatSync(from);
  assertNotBelow(from, to, source);
  if (options.overwrite && isSamePath(from, to)) return;
  const target = ifFoundSync(() => Deno.lstatSync(to));
  if (target) {
    if (!options.overwrite) throw taken(to);
    // A file replaces a file in one step; anything else has to make room.
    if (!source.isFile || !target.isFile) {
      Deno.removeSync(to, { recursive: true });
    }
  }
  Deno.renameSync(from, to);
}

function assertNotBelow(from: string, to: string, source: Deno.FileInfo): void {
  if (source.isDirectory && isBelow(from, to)) {
    throw new Error(`A folder cannot be moved below itself: ${from} to ${to}`);
  }
}

function taken(path: string): Error {
  return new Deno.errors.AlreadyExists(`There is something at ${path} already`);
}
