import { join } from "@std/path";
import { ensureDir, ensureDirSync } from "./ensure_dir.ts";
import { ifFound, ifFoundSync } from "./lookup.ts";
import { isBelow, isSamePath, toPath } from "./paths.ts";

/** How something is copied. */
export interface CopyOptions {
  /** Whether files at the destination are replaced. False by default. */
  overwrite?: boolean;
  /** Whether the copies keep the times of access and modification. False by default. */
  preserveTimestamps?: boolean;
}

/**
 * Copies a file, or a folder with all that is in it. Symbolic links are copied
 * as links. A folder is merged into one at the destination, if that is to be
 * overwritten.
 *
 * ```ts
 * await copy("models", "backup/models");
 * ```
 *
 * @throws {Deno.errors.NotFound} if there is nothing to copy
 * @throws {Deno.errors.AlreadyExists} if there is something at the destination
 * @throws {Error} if the destination is the source or lies below it, or is no
 * folder where the source is one
 */
export async function copy(
  src: string | URL,
  dest: string | URL,
  options: CopyOptions = {},
): Promise<void> {
  const [from, to] = [toPath(src), toPath(dest)];
  const source = await Deno.lstat(from);
  assertApart(from, to, source);
  const target = await ifFound(Deno.lstat(to));
  assertFree(to, source, target, options);

  if (source.isDirectory) {
    await ensureDir(to);
    for await (const { name } of Deno.readDir(from)) {
      await copy(join(from, name), join(to, name), options);
    }
  } else if (source.isSymlink) {
    if (target) await Deno.remove(to);
    await Deno.symlink(await Deno.readLink(from), to, linkTo(await ifFound(Deno.stat(from))));
  } else {
    await Deno.copyFile(from, to);
  }
  if (options.preserveTimestamps && !source.isSymlink) {
    await Deno.utime(to, ...timesOf(source));
  }
}

/** As {@linkcode copy}, without waiting. */
export function copySync(src: string | URL, dest: string | URL, options: CopyOptions = {}): void {
  const [from, to] = [toPath(src), toPath(dest)];
  const source = Deno.lstatSync(from);
  assertApart(from, to, source);
  const target = ifFoundSync(() => Deno.lstatSync(to));
  assertFree(to, source, target, options);

  if (source.isDirectory) {
    ensureDirSync(to);
    for (const { name } of Deno.readDirSync(from)) {
      copySync(join(from, name), join(to, name), options);
    }
  } else if (source.isSymlink) {
    if (target) Deno.removeSync(to);
    Deno.symlinkSync(Deno.readLinkSync(from), to, linkTo(ifFoundSync(() => Deno.statSync(from))));
  } else {
    Deno.copyFileSync(from, to);
  }
  if (options.preserveTimestamps && !source.isSymlink) {
    Deno.utimeSync(to, ...timesOf(source));
  }
}

function assertApart(from: string, to: string, source: Deno.FileInfo): void {
  if (isSamePath(from, to)) {
    throw new Error(`This cannot be copied to itself: ${from}`);
  }
  if (source.isDirectory && isBelow(from, to)) {
    throw new Error(`A folder cannot be copied below itself: ${from} to ${to}`);
  }
}

function assertFree(
  to: string,
  source: Deno.FileInfo,
  target: Deno.FileInfo | undefined,
  options: CopyOptions,
): void {
  if (!target) return;
  if (source.isDirectory && !target.isDirectory) {
    throw new Error(`A folder cannot be copied to ${to}, which is none`);
  }
  if (!options.overwrite) {
    throw new Deno.errors.AlreadyExists(`There is something at ${to} already`);
  }
}

/** Windows has one kind of link to a folder and one to anything else. */
function linkTo(target: Deno.FileInfo | undefined): Deno.SymlinkOptions {
  return { type: target?.isDirectory ? "dir" : "file" };
}

function timesOf({ atime, mtime }: Deno.FileInfo): [atime: Date, mtime: Date] {
  return [atime ?? new Date(), mtime ?? new Date()];
}
