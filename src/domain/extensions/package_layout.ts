/**
 * What lies where in a package: in its archive below `extension/`, and where it is installed.
 * All paths here are relative to the package's folder, with `/` between their parts.
 *
 * @module
 */
import { KIND_ROWS } from "./kinds.ts";
import type { PackageManifest } from "./manifest.ts";

/** The manifest of a package, kept as it was shipped. */
export const MANIFEST_FILE = "manifest.yaml";

/** Source folder → folder of the bundles that are shipped with it. */
const BUNDLE_FOLDERS: ReadonlyMap<string, string> = new Map(
  KIND_ROWS.map(({ folder, bundleFolder }) => [folder, bundleFolder]),
);

/** Every folder that a package may have. */
export const PACKAGE_FOLDERS: readonly string[] = [
  ...BUNDLE_FOLDERS.keys(),
  "workflows",
  "files",
  "skills",
  "binaries",
  ...BUNDLE_FOLDERS.values(),
];

/** Whether a file belongs to a package, rather than being something that was packed by the way. */
export function isPackageFile(path: string): boolean {
  return path === MANIFEST_FILE || PACKAGE_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
}

/** Whether a file is a bundle: made from sources, and as good as they are when it is gone. */
export function isBundle(path: string): boolean {
  return [...BUNDLE_FOLDERS.values()].some((folder) => path.startsWith(`${folder}/`));
}

/** Whether the manifest declares a file as a binary. */
export function isDeclaredBinary(path: string, { binaries }: PackageManifest): boolean {
  return binaries.some((binary) =>
    [binary, `binaries/${binary}`, `files/${binary}`, `files/${baseName(binary)}`].includes(path)
  );
}

/** Where an additional file may lie, the best place first: older packages kept base names only. */
export function additionalFilePlaces(listed: string): string[] {
  return [`files/${listed}`, `files/${baseName(listed)}`];
}

/** A source that a manifest lists. */
export interface PackageEntry {
  /** `models`, `vaults`, …: decides which exports count. */
  readonly folder: string;
  /** As the manifest has it. */
  readonly listed: string;
  /** Where it lies, or where it should. */
  readonly path: string;
  /** Where its shipped bundle lies; `undefined` if the package has none. */
  readonly bundle: string | undefined;
}

/**
 * The sources of a package. The manifest decides: neither the name of a file (`x_test.ts`) nor its
 * folder makes it a source or keeps it from being one.
 *
 * @param files every file of the package.
 */
export function packageEntries(
  manifest: PackageManifest,
  files: ReadonlySet<string>,
): PackageEntry[] {
  const entries = new Map<string, PackageEntry>();
  for (const [folder, bundleFolder] of BUNDLE_FOLDERS) {
    for (const listed of manifest[folder as "models"]) {
      const places = [`${folder}/${listed}`, listed, `models/${listed}`];
      const path = places.find((place) => files.has(place)) ?? `${folder}/${listed}`;
      const bundle = `${bundleFolder}/${listed.replace(/\.ts$/, "")}.js`;
      const key = `${folder}:${path}`;
      entries.set(key, { folder, listed, path, bundle: files.has(bundle) ? bundle : undefined });
    }
  }
  return [...entries.values()];
}

/** The workflow files of a package. Their names are those of the archive, not of the manifest. */
export function packageWorkflows(files: Iterable<string>): string[] {
  return [...files].filter((path) => /^workflows\/.*\.ya?ml$/.test(path)).sort();
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
