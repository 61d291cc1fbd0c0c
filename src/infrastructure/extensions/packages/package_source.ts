import { join } from "@std/path";
import { UserError } from "../../../domain/errors.ts";
import { MANIFEST_FILE } from "../../../domain/extensions/package_layout.ts";
import {
  CONTROL_CHARACTER,
  normalizedPath,
  unsafePathReason,
} from "../../../domain/extensions/package_path.ts";
import type { PackageLimits, PackedKind } from "../../../domain/extensions/package_safety.ts";
import { sizeText } from "../../../domain/extensions/package_safety.ts";

/** Something that a package source holds. */
export interface SourceEntry {
  /** Path in the package, safe to use below a folder. */
  readonly path: string;
  readonly kind: PackedKind;
  readonly executable: boolean;
  /** The content, which can be read once, before the next entry is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** An archive or a folder that holds a package. */
export interface OpenedSource {
  readonly entries: AsyncIterable<SourceEntry>;
  /** SHA-256 of an archive, known once all entries were read; folders have none. */
  checksum(): string | undefined;
}

/**
 * The path of an entry, without `.` components.
 *
 * @throws {UserError} `unsafe_extension` for a path that leads out of the package.
 */
export function safePath(path: string): string {
  const reason = unsafePathReason(path);
  if (reason === undefined) return normalizedPath(path);
  // A control character must not reach the terminal.
  const shown = CONTROL_CHARACTER.test(path) ? JSON.stringify(path) : path;
  throw new UserError("unsafe_extension", `Archive contains unsafe path: ${shown} (it ${reason})`);
}

/** The error for a source that gives more than a package may hold. */
export function tooLarge({ unpackedSize, entries }: PackageLimits): UserError {
  return new UserError(
    "unsafe_extension",
    `Extension is too large: it unpacks to more than ${sizeText(unpackedSize)} ` +
      `or ${entries} files. Nothing was installed.`,
  );
}

/** The error for what is no package, or only a part of one. */
export function invalidPackage(message: string, cause?: unknown): UserError {
  return new UserError("invalid_package", message, { cause });
}

/**
 * Reads the folder that unpacking an archive gives: the one with the manifest, or the one around it.
 * Links are not followed.
 *
 * @throws {UserError} `invalid_package` when there is no such folder, or no manifest in it.
 */
export async function openPackageFolder(
  path: string,
  limits: PackageLimits,
): Promise<OpenedSource> {
  const candidates = [path, join(path, "extension")];
  for (const folder of candidates) {
    if (await isFile(join(folder, MANIFEST_FILE))) {
      return { entries: folderEntries(folder, limits), checksum: () => undefined };
    }
  }
  throw invalidPackage(`Package folder is missing ${MANIFEST_FILE}: ${path}`);
}

async function* folderEntries(root: string, limits: PackageLimits): AsyncGenerator<SourceEntry> {
  let [size, count] = [0, 0];
  for (const { path, entry } of walkFolder(root, "")) {
    const info = await Deno.lstat(join(root, path));
    [size, count] = [size + (info.isFile ? info.size : 0), count + 1];
    if (size > limits.unpackedSize || count > limits.entries) throw tooLarge(limits);
    yield {
      path: safePath(path),
      kind: kindOf(entry),
      executable: ((info.mode ?? 0) & 0o111) !== 0,
      content: fileContent(join(root, path)),
    };
  }
}

function* walkFolder(
  root: string,
  folder: string,
): Generator<{ readonly path: string; readonly entry: Deno.DirEntry }> {
  const entries = [...Deno.readDirSync(join(root, folder))];
  for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* walkFolder(root, path);
    else yield { path, entry };
  }
}

async function* fileContent(path: string): AsyncGenerator<Uint8Array> {
  yield* (await Deno.open(path)).readable;
}

function kindOf(entry: Deno.DirEntry): PackedKind {
  return entry.isSymlink ? "symlink" : entry.isFile ? "file" : "special";
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile ?? false;
}
