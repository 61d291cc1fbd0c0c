import { UserError } from "../errors.ts";
import { isMap, type PlainMap } from "../models/definition_fields.ts";
import { ManifestFields } from "./manifest_fields.ts";

/** What the files that a manifest lists are relative to. */
export type PathBase = "typedDir" | "manifest";

/**
 * A package's `manifest.yaml` (contract: extensions 6.2). Lists that the file does not have are empty.
 * Paths have `/` between their parts.
 */
export interface PackageManifest {
  readonly manifestVersion: 1;
  /** `@collective/name`. */
  readonly name: string;
  /** CalVer. */
  readonly version: string;
  readonly description?: string;
  /** URL. */
  readonly repository?: string;
  readonly releaseNotes?: string;
  /** `typedDir`: each kind's own folder. `manifest`: the folder of the manifest. */
  readonly paths: { readonly base: PathBase };
  readonly models: readonly string[];
  readonly vaults: readonly string[];
  readonly drivers: readonly string[];
  readonly datastores: readonly string[];
  readonly reports: readonly string[];
  readonly workflows: readonly string[];
  readonly skills: readonly string[];
  /** Files beside the models that are packed and not bundled. */
  readonly include: readonly string[];
  readonly additionalFiles: readonly string[];
  /** Files that may be executable, or have any suffix. */
  readonly binaries: readonly string[];
  readonly platforms: readonly string[];
  readonly labels: readonly string[];
  /** Packages that this one needs, each with its constraint on the version if it has one. */
  readonly dependencies: readonly string[];
}

/** The fields that make a package worth installing. */
const CONTENT = [
  "models",
  "workflows",
  "vaults",
  "drivers",
  "datastores",
  "reports",
  "skills",
] as const;

const MOST_LABELS = 20;
const LONGEST_RELEASE_NOTES = 5000;

/**
 * Reads a manifest out of plain data, as a YAML reader gives it. Keys that swamp does not know are
 * ignored; a key without a value counts as absent.
 *
 * @throws {UserError} `invalid_manifest` that names every field that is wrong.
 */
export function parseManifest(document: unknown): PackageManifest {
  if (!isMap(document)) throw invalidManifest("Extension manifest must be a YAML object.");
  checkManifestVersion(document.manifestVersion);
  const fields = new ManifestFields(document);
  const manifest = readFields(document, fields);
  const problems = [...fields.problems];
  if (problems.length === 0 && CONTENT.every((field) => manifest[field].length === 0)) {
    problems.push(
      "Extension must include at least one model, workflow, vault, driver, datastore, or report",
    );
  }
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  - ${problem}`);
    throw invalidManifest(["Invalid extension manifest:", ...lines].join("\n"));
  }
  return manifest;
}

function readFields(document: PlainMap, fields: ManifestFields): PackageManifest {
  return {
    manifestVersion: 1,
    name: fields.packageName("name"),
    version: fields.version("version"),
    ...present("description", fields.text("description")),
    ...present("repository", fields.url("repository")),
    models: fields.paths("models"),
    workflows: fields.paths("workflows"),
    vaults: fields.paths("vaults"),
    drivers: fields.paths("drivers"),
    datastores: fields.paths("datastores"),
    reports: fields.paths("reports"),
    skills: fields.paths("skills"),
    include: fields.paths("include"),
    additionalFiles: fields.distinctPaths("additionalFiles"),
    binaries: fields.paths("binaries"),
    platforms: fields.words("platforms"),
    labels: fields.words("labels", MOST_LABELS),
    ...present("releaseNotes", fields.text("releaseNotes", LONGEST_RELEASE_NOTES)),
    dependencies: fields.dependencies("dependencies"),
    paths: { base: fields.pathBase(document.paths) },
  };
}

function checkManifestVersion(version: unknown): void {
  if (version === 1) return;
  if (version === undefined || version === null) {
    throw invalidManifest(
      "Extension manifest is missing 'manifestVersion'. " +
        "Add 'manifestVersion: 1' to your manifest.",
    );
  }
  const shown = typeof version === "object" ? JSON.stringify(version) : String(version);
  throw invalidManifest(`Unsupported manifest version: ${shown}. Only version 1 is supported.`);
}

function present<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : { [key]: value } as { [P in K]?: string };
}

function invalidManifest(message: string): UserError {
  return new UserError("invalid_manifest", message);
}
