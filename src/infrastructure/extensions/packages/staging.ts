import { dirname, join } from "@std/path";
import { messageOf, UserError } from "../../../domain/errors.ts";
import { type PackageManifest, parseManifest } from "../../../domain/extensions/manifest.ts";
import {
  isBundle,
  isDeclaredBinary,
  isPackageFile,
  MANIFEST_FILE,
  packageEntries,
} from "../../../domain/extensions/package_layout.ts";
import {
  isAppleDouble,
  judgeEntry,
  judgeFiles,
  judgeText,
  type PackageLimits,
  type PackedFile,
  type SafetyFinding,
  sizeText,
  unsafePackage,
} from "../../../domain/extensions/package_safety.ts";
import type { PackageSource, StagedPackage } from "../../../domain/extensions/package_store.ts";
import { parseYaml } from "../../persistence/yaml_reader.ts";
import { openPackageArchive } from "./package_archive.ts";
import { filesChecksum, RECORD_FILE, recordText } from "./package_record.ts";
import { invalidPackage, openPackageFolder, type SourceEntry } from "./package_source.ts";

/** A file that was written into the staging folder. */
interface StagedFile extends PackedFile {
  readonly hash: string;
  readonly executable: boolean;
}

interface Unpacked {
  readonly files: readonly StagedFile[];
  readonly errors: SafetyFinding[];
  readonly warnings: SafetyFinding[];
}

/**
 * Unpacks a package into a folder of its own and checks everything about it, with a record of what it
 * is beside it. What is left is to move the files.
 *
 * @param folder absolute path of an empty folder, on the file system of the packages
 * @throws {UserError} `invalid_package`, `invalid_manifest`, `unsafe_extension`
 */
export async function stagePackage(
  source: PackageSource,
  folder: string,
  limits: PackageLimits,
): Promise<StagedPackage> {
  const open = source.kind === "archive" ? openPackageArchive : openPackageFolder;
  const opened = await open(source.path, limits);
  const unpacked = await unpack(opened.entries, folder, limits);
  const manifest = await readManifest(folder, unpacked, limits);
  const errors = [...unpacked.errors, ...judgeFiles(unpacked.files, manifest, limits)];
  const warnings = [...unpacked.warnings];
  for (const { path } of unpacked.files) {
    const judged = judgeText(path, await textToJudge(join(folder, path), path));
    errors.push(...judged.errors);
    warnings.push(...judged.warnings);
  }
  if (errors.length > 0) throw unsafePackage(errors);
  warnings.push(...missingSources(manifest, unpacked.files));
  warnings.push(...await allowExecution(folder, unpacked.files, manifest));
  const hashes = Object.fromEntries(unpacked.files.map(({ path, hash }) => [path, hash]));
  const record = recordText({ manifest, files: hashes });
  await Deno.writeTextFile(join(folder, RECORD_FILE), record);
  const checksum = opened.checksum();
  return {
    manifest,
    files: unpacked.files.map(({ path, size }) => ({ path, size })),
    ...(checksum === undefined ? {} : { checksum }),
    filesChecksum: await filesChecksum(hashes),
    warnings,
  };
}

async function unpack(
  entries: AsyncIterable<SourceEntry>,
  folder: string,
  limits: PackageLimits,
): Promise<Unpacked> {
  const files = new Map<string, StagedFile>();
  const errors: SafetyFinding[] = [];
  const warnings: SafetyFinding[] = [];
  for await (const { path, kind, executable, content } of entries) {
    if (isAppleDouble(path) || path === RECORD_FILE) continue;
    const judged = judgeEntry(path, kind);
    errors.push(...judged);
    if (judged.length > 0 || kind !== "file") continue;
    if (!isPackageFile(path)) {
      warnings.push({ file: path, message: "Not part of a package's layout; not installed." });
    } else if (files.has(path)) {
      errors.push({ file: path, message: "Archive holds this file more than once." });
    } else {
      const written = await write(join(folder, path), content, limits.generatedSize)
        .catch(nameProblem);
      if (typeof written === "string") errors.push({ file: path, message: written });
      else files.set(path, { path, executable, ...written });
    }
  }
  const sorted = [...files.values()].sort((a, b) => a.path < b.path ? -1 : 1);
  return { files: sorted, errors, warnings };
}

/** Writes a file; gives what is wrong with one that is larger than any file may be. */
async function write(
  path: string,
  content: AsyncIterable<Uint8Array>,
  largest: number,
): Promise<{ readonly size: number; readonly hash: string } | string> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  let size = 0;
  await Deno.mkdir(dirname(path), { recursive: true });
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for await (const piece of content) {
    size += piece.length;
    if (size > largest) return `File size exceeds maximum of ${sizeText(largest)}.`;
    hash.update(piece);
    for (let written = 0; written < piece.length;) {
      written += await file.write(piece.subarray(written));
    }
  }
  return { size, hash: hash.digest("hex") };
}

/** What is wrong with the name of a file that could not be made; throws what has other causes. */
function nameProblem(thrown: unknown): string {
  const { code } = thrown as { readonly code?: string };
  if (code === "ENAMETOOLONG") return "File name is too long.";
  if (["ENOTDIR", "EISDIR", "EEXIST"].includes(code ?? "")) {
    return "A file and a folder have the same name.";
  }
  throw thrown;
}

async function readManifest(
  folder: string,
  { files, errors }: Unpacked,
  { fileSize }: PackageLimits,
): Promise<PackageManifest> {
  const file = files.find(({ path }) => path === MANIFEST_FILE);
  if (file === undefined && errors.length === 0) {
    throw invalidPackage(
      `Downloaded archive is missing ${MANIFEST_FILE}. The extension may be corrupt.`,
    );
  }
  if (file === undefined) throw unsafePackage(errors);
  if (file.size > fileSize) {
    const message = `File size ${sizeText(file.size)} exceeds maximum of ${sizeText(fileSize)}.`;
    throw unsafePackage([{ file: MANIFEST_FILE, message }]);
  }
  const text = await Deno.readTextFile(join(folder, MANIFEST_FILE));
  return parseManifest(await yamlDocument(text));
}

async function yamlDocument(text: string): Promise<unknown> {
  try {
    return await parseYaml(text);
  } catch (thrown) {
    throw new UserError("invalid_manifest", messageOf(thrown), { cause: thrown });
  }
}

/** Warnings for sources that are only there as bundles; throws for those that are not there at all. */
function missingSources(
  manifest: PackageManifest,
  files: readonly StagedFile[],
): SafetyFinding[] {
  const paths = new Set(files.map(({ path }) => path));
  const missing = packageEntries(manifest, paths).filter(({ path }) => !paths.has(path));
  const lost = missing.find(({ bundle }) => bundle === undefined);
  if (lost !== undefined) {
    const kind = lost.folder.charAt(0).toUpperCase() + lost.folder.slice(1, -1);
    throw invalidPackage(
      `${kind} file not found: ${lost.listed} (expected at ${lost.path}). ` +
        "The extension may be corrupt.",
    );
  }
  if (missing.length === 0) return [];
  const message = `Extension has incomplete source files (${missing.length} missing). ` +
    "The pre-built bundle will be used.";
  return missing.map(({ path }) => ({ file: path, message }));
}

/** The text of what is code, nothing for other files. */
async function textToJudge(path: string, inPackage: string): Promise<string> {
  const isCode = inPackage.endsWith(".ts") || isBundle(inPackage);
  return isCode ? await Deno.readTextFile(path) : "";
}

/** Lets declared binaries be run; everything else was written as not executable. */
async function allowExecution(
  folder: string,
  files: readonly StagedFile[],
  manifest: PackageManifest,
): Promise<SafetyFinding[]> {
  const binaries = files.filter(({ path, executable }) =>
    executable && isDeclaredBinary(path, manifest)
  );
  for (const { path } of binaries) {
    if (Deno.build.os !== "windows") await Deno.chmod(join(folder, path), 0o755);
  }
  return binaries.map(({ path }) => ({ file: path, message: "File is executable." }));
}
