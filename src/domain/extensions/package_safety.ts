/**
 * What may be in a package (contract: extensions 6.4). The rules judge paths, sizes and texts; where
 * those come from is no matter.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { isBundle, isDeclaredBinary, MANIFEST_FILE } from "./package_layout.ts";
import type { PackageManifest } from "./manifest.ts";
import { storedAs } from "./package_path.ts";

/** What is said of one file of a package. */
export interface SafetyFinding {
  /** Path in the package, or `(total)`. */
  readonly file: string;
  readonly message: string;
}

/** What an entry of an archive, or of a folder, is. */
export type PackedKind = "file" | "folder" | "symlink" | "hard link" | "special";

/** A file of a package. */
export interface PackedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Bounds of a package, in bytes and numbers of files. */
export interface PackageLimits {
  /** One file that is neither bundle nor binary. */
  readonly fileSize: number;
  /** All files that are neither bundles nor binaries. */
  readonly totalSize: number;
  /** Number of files that are neither bundles nor binaries. */
  readonly files: number;
  /** One bundle or binary. */
  readonly generatedSize: number;
  /** Everything that unpacking an archive gives. */
  readonly unpackedSize: number;
  /** Number of entries of an archive. */
  readonly entries: number;
}

/** The bounds that a package has to keep unless told otherwise. */
export const PACKAGE_LIMITS: PackageLimits = {
  fileSize: 1_000_000,
  totalSize: 10_000_000,
  files: 150,
  generatedSize: 50_000_000,
  unpackedSize: 500_000_000,
  entries: 10_000,
};

const ALLOWED_SUFFIXES = [".ts", ".json", ".md", ".yaml", ".yml", ".txt"];
const LEGAL_FILES = ["LICENSE", "COPYING", "NOTICE"];
const LONGEST_LINE = 500;

/** Whether an entry is metadata that macOS adds to archives; it is skipped. */
export function isAppleDouble(path: string): boolean {
  return path.split("/").some((part) => part.startsWith("._"));
}

/** What is wrong with an entry, whatever its content: links, special and hidden files. */
export function judgeEntry(path: string, kind: PackedKind): SafetyFinding[] {
  const findings: SafetyFinding[] = [];
  if (kind === "symlink") findings.push(finding(path, "Symlinks are not allowed in extensions."));
  if (kind === "hard link") {
    findings.push(finding(path, "Hard links are not allowed in extensions."));
  }
  if (kind === "special") {
    findings.push(finding(path, "Special files are not allowed in extensions."));
  }
  if (path.split("/").some((part) => part.startsWith("."))) {
    findings.push(finding(path, "Hidden files are not allowed in extensions."));
  }
  return findings;
}

/** What is wrong with the files of a package as a whole: sizes, number, suffixes, equal names. */
export function judgeFiles(
  files: readonly PackedFile[],
  manifest: PackageManifest,
  limits: PackageLimits = PACKAGE_LIMITS,
): SafetyFinding[] {
  const isOther = ({ path }: PackedFile) => isBundle(path) || isDeclaredBinary(path, manifest);
  const own = files.filter((file) => file.path !== MANIFEST_FILE && !isOther(file));
  return [
    ...files.flatMap((file) => judgeSize(file, isOther(file), limits)),
    ...files.flatMap(({ path }) => judgeSuffix(path, manifest)),
    ...judgeTotals(own, limits),
    ...judgeEqualNames(files),
  ];
}

/** What a file's text gives away: errors stop an installation, warnings do not. */
export function judgeText(
  path: string,
  text: string,
): { readonly errors: SafetyFinding[]; readonly warnings: SafetyFinding[] } {
  const evaluates = /\beval\(|\bnew Function\(/.test(text)
    ? [finding(path, "File contains eval() or new Function() which are not allowed.")]
    : [];
  // Bundles hold other people's libraries, some of which evaluate text and most of which are minified.
  if (isBundle(path)) {
    const warnings = evaluates.map(({ file }) =>
      finding(file, "Bundle contains eval() or new Function().")
    );
    return { errors: [], warnings };
  }
  if (!path.endsWith(".ts")) return { errors: [], warnings: [] };
  return { errors: evaluates, warnings: suspicions(path, text) };
}

/** The error for a package that must not be installed. */
export function unsafePackage(errors: readonly SafetyFinding[]): UserError {
  const lines = errors.map(({ file, message }) => `  ${file}: ${message}`);
  return new UserError(
    "unsafe_extension",
    ["Extension has safety errors. Install aborted.", ...lines].join("\n"),
    { fields: { errors } },
  );
}

/** The number of bytes for people: `976.6KB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)}KB` : `${(kilobytes / 1024).toFixed(1)}MB`;
}

function judgeSize(
  { path, size }: PackedFile,
  generated: boolean,
  limits: PackageLimits,
): SafetyFinding[] {
  const limit = generated ? limits.generatedSize : limits.fileSize;
  if (size <= limit) return [];
  return [finding(path, `File size ${sizeText(size)} exceeds maximum of ${sizeText(limit)}.`)];
}

function judgeTotals(own: readonly PackedFile[], limits: PackageLimits): SafetyFinding[] {
  const findings: SafetyFinding[] = [];
  const total = own.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.totalSize) {
    const [is, most] = [sizeText(total), sizeText(limits.totalSize)];
    findings.push(finding("(total)", `Total extension size ${is} exceeds maximum of ${most}.`));
  }
  if (own.length > limits.files) {
    const text =
      `Extension contains ${own.length} files, exceeding the maximum of ${limits.files}.`;
    findings.push(finding("(total)", text));
  }
  return findings;
}

function judgeSuffix(path: string, manifest: PackageManifest): SafetyFinding[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const suffix = dot === -1 ? "" : name.slice(dot);
  const allowed = ALLOWED_SUFFIXES.includes(suffix) || LEGAL_FILES.includes(name) ||
    (suffix === ".js" && isBundle(path)) || isDeclaredBinary(path, manifest);
  if (allowed) return [];
  const list = ALLOWED_SUFFIXES.join(", ");
  const remedy = "Declare other files under 'binaries' in the manifest.";
  return [finding(path, `File extension "${suffix}" is not allowed. Allowed: ${list}. ${remedy}`)];
}

function judgeEqualNames(files: readonly PackedFile[]): SafetyFinding[] {
  const first = new Map<string, string>();
  return files.flatMap(({ path }) => {
    const other = first.get(storedAs(path));
    if (other === undefined) {
      first.set(storedAs(path), path);
      return [];
    }
    return [finding(path, `File would overwrite ${other} where names differ in case only.`)];
  });
}

function suspicions(path: string, text: string): SafetyFinding[] {
  const warnings: SafetyFinding[] = [];
  if (text.split("\n").some((line) => line.replaceAll(/\s/g, "").length > LONGEST_LINE)) {
    warnings.push(
      finding(path, "File contains lines with more than 500 non-whitespace characters."),
    );
  }
  if (/[A-Za-z0-9+/]{100,}={0,2}/.test(text)) {
    const message = "File contains what appears to be a base64-encoded string (100+ chars).";
    warnings.push(finding(path, message));
  }
  if (text.includes("Deno.Command(")) {
    warnings.push(finding(path, "File uses Deno.Command() to spawn subprocesses."));
  }
  return warnings;
}

function finding(file: string, message: string): SafetyFinding {
  return { file, message };
}
