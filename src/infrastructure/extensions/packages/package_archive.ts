import { messageOf, UserError } from "../../../domain/errors.ts";
import { MANIFEST_FILE } from "../../../domain/extensions/package_layout.ts";
import { isAppleDouble, type PackageLimits } from "../../../domain/extensions/package_safety.ts";
import {
  invalidPackage,
  type OpenedSource,
  safePath,
  type SourceEntry,
  tooLarge,
} from "./package_source.ts";
import { readTar } from "./tar_reader.ts";

/** The one folder that everything in an archive lies in. */
const ROOT = "extension";

/**
 * Reads a package archive, a gzip'ed tar with everything below `extension/` (contract: extensions
 * 6.3). It is unpacked piece by piece and never as a whole; what it unpacks to is bounded.
 *
 * @param path absolute path
 * @throws {UserError} `invalid_package` when there is no such file. Reading its entries throws this for
 * a damaged archive too, and `unsafe_extension` for paths that lead out of it.
 */
export async function openPackageArchive(
  path: string,
  limits: PackageLimits,
): Promise<OpenedSource> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  let digest: string | undefined;
  const file = await openFile(path);
  const unpacked = file.readable
    .pipeThrough(passing<Uint8Array<ArrayBuffer>>((piece) => void hash.update(piece)))
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(bounded(limits));
  const entries = async function* (): AsyncGenerator<SourceEntry> {
    yield* archiveEntries(unpacked, limits);
    digest = hash.digest("hex");
  };
  return { entries: entries(), checksum: () => digest };
}

async function openFile(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (thrown) {
    throw invalidPackage(`Cannot read the package ${path}: ${messageOf(thrown)}`, thrown);
  }
}

async function* archiveEntries(
  unpacked: ReadableStream<Uint8Array>,
  limits: PackageLimits,
): AsyncGenerator<SourceEntry> {
  let count = 0;
  try {
    for await (const { name, ...entry } of readTar(unpacked)) {
      count += 1;
      if (count > limits.entries) throw tooLarge(limits);
      const path = safePath(name);
      if (isAppleDouble(path)) continue;
      const [root, ...inside] = path.split("/");
      if (root !== ROOT) throw noRoot(path);
      if (inside.length > 0) yield { ...entry, path: inside.join("/") };
    }
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw invalidPackage(`Failed to list archive contents: ${messageOf(thrown)}`, thrown);
  }
  if (count === 0) throw noRoot("nothing");
}

function noRoot(found: string): UserError {
  return invalidPackage(
    `Archive has no single root folder "${ROOT}/" with a ${MANIFEST_FILE} (it holds ${found}). ` +
      "The extension may be corrupt.",
  );
}

function passing<T>(look: (piece: T) => void): TransformStream<T, T> {
  return new TransformStream({
    transform(piece, controller) {
      look(piece);
      controller.enqueue(piece);
    },
  });
}

function bounded(limits: PackageLimits): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return passing((piece) => {
    size += piece.length;
    if (size > limits.unpackedSize) throw tooLarge(limits);
  });
}
