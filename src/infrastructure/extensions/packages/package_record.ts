import { join } from "@std/path";
import { isBundle } from "../../../domain/extensions/package_layout.ts";
import { unsafePathReason } from "../../../domain/extensions/package_path.ts";
import { isMap } from "../../../domain/models/definition_fields.ts";
import { contentHash } from "../content_hash.ts";

/**
 * Name of the file in a package's folder that tells what was installed there. The lock file is
 * committed and may have moved on to another version; this file is about the files beside it.
 */
export const RECORD_FILE = ".installed.json";

const LAYOUT = 1;

/** What was installed in a package's folder. */
export interface PackageRecord {
  /** The manifest, so that a refresh needs no YAML reader; to be checked like any other input. */
  readonly manifest: unknown;
  /** SHA-256 of every file, by its path in the package. */
  readonly files: Readonly<Record<string, string>>;
}

/** The text of a record. */
export function recordText({ manifest, files }: PackageRecord): string {
  return `${JSON.stringify({ layout: LAYOUT, manifest, files: sorted(files) }, null, 2)}\n`;
}

/**
 * Reads the record of a package.
 *
 * @param folder absolute path of the package's folder
 * @returns `undefined` when there is none, or none that can be used.
 */
export function readRecord(folder: string): PackageRecord | undefined {
  try {
    const record: unknown = JSON.parse(Deno.readTextFileSync(join(folder, RECORD_FILE)));
    if (!isMap(record) || record.layout !== LAYOUT || !isMap(record.files)) return undefined;
    const sound = Object.entries(record.files).every(([path, hash]) =>
      unsafePathReason(path) === undefined && typeof hash === "string"
    );
    if (!sound) return undefined;
    return { manifest: record.manifest, files: record.files as Record<string, string> };
  } catch {
    return undefined;
  }
}

/**
 * The digest of installed files that the lock file keeps: SHA-256 over one line for each file,
 * `<sha-256>  <path>\n`, sorted by path. Bundles do not count, since they can be made again.
 *
 * @param files SHA-256 of every file, by its path in the package
 */
export async function filesChecksum(files: Readonly<Record<string, string>>): Promise<string> {
  const lines = Object.entries(sorted(files)).filter(([path]) => !isBundle(path))
    .map(([path, hash]) => `${hash}  ${path}\n`);
  return await contentHash(lines.join(""));
}

function sorted(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1));
}
