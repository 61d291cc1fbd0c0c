import { messageOf, UserError } from "../../domain/errors.ts";
import { type LockEntry, packageFolder } from "../../domain/extensions/lock_entry.ts";
import type { PackageManifest } from "../../domain/extensions/manifest.ts";
import type { SafetyFinding } from "../../domain/extensions/package_safety.ts";
import type {
  Installation,
  PackageSession,
  PackageSource,
  PackageState,
  PackageStore,
  StagedPackage,
} from "../../domain/extensions/package_store.ts";
import { parseRequirement, satisfies } from "../../domain/extensions/version_constraint.ts";
import { refuseLocalEdits } from "./local_edits.ts";

/** A package to install. */
export interface InstallRequest {
  readonly source: PackageSource;
  /** Whether local edits, and files that are in the way, may be overwritten. */
  readonly force: boolean;
  /** What was asked for; a package that is something else is refused. */
  readonly expected?: {
    readonly name?: string;
    readonly version?: string;
    /** SHA-256 of the archive, hexadecimal. */
    readonly checksum?: string;
  };
  /** Where the package comes from, for the lock file. */
  readonly origin?: { readonly serverUrl?: string; readonly channel?: string };
}

/** What came of one package. */
export interface InstallDocument {
  readonly name: string;
  readonly version: string;
  readonly status: "installed" | "updated" | "up_to_date";
  /** The version that was installed before, where there was another one. */
  readonly previousVersion?: string;
  /** Installed files relative to the repository, sorted; empty when nothing was to be done. */
  readonly extractedFiles: readonly string[];
  /** Files that the version before had and this one has not. */
  readonly pruned: readonly string[];
  /** Model types of others that it adds something to. */
  readonly extends: readonly string[];
  /** What was found in it, what it lacks, and which of its types are broken or somebody else's. */
  readonly warnings: readonly SafetyFinding[];
}

/** As {@linkcode installPackages}, for one package. */
export async function installPackage(
  store: PackageStore,
  request: InstallRequest,
  now: Date,
): Promise<InstallDocument> {
  const [document] = await installPackages(store, [request], now);
  return document!;
}

/**
 * Installs packages that lie on disk, all of them or none: a package and what it depends on go
 * together. A package that is there already, in the same version and unharmed, stays as it is.
 *
 * @returns one document for each request, in the same order.
 * @throws {UserError} `invalid_package`, `invalid_manifest`, `unsafe_extension`, `package_mismatch`,
 * `checksum_mismatch`, `local_edits`, `files_exist`, `not_writable`, and whatever is wrong with the
 * lock file. Nothing has changed then.
 */
export async function installPackages(
  store: PackageStore,
  requests: readonly InstallRequest[],
  now: Date,
): Promise<InstallDocument[]> {
  await using session = await store.open();
  const plans: Plan[] = [];
  for (const request of requests) plans.push(await plan(session, request, now));
  refuseDoubles(plans);
  const versions = new Map([
    ...await session.versions(),
    ...plans.map(({ document: { name, version } }) => [name, version] as const),
  ]);
  await session.install(plans.flatMap(({ installation }) => installation ?? []));
  return await Promise.all(plans.map(async ({ document, manifest }) => {
    const effects = await session.effects(manifest.name);
    return {
      ...document,
      extends: effects.extends,
      warnings: [
        ...document.warnings,
        ...unmetDependencies(manifest, versions),
        ...effects.problems,
        ...effects.extends.map(addsTo),
      ],
    };
  }));
}

function addsTo(type: string): SafetyFinding {
  return { file: "manifest.yaml", message: `Adds to the type ${type}, which is not its own.` };
}

interface Plan {
  readonly manifest: PackageManifest;
  readonly document: InstallDocument;
  /** Absent when nothing is to be done. */
  readonly installation?: Installation;
}

async function plan(session: PackageSession, request: InstallRequest, now: Date): Promise<Plan> {
  const staged = await session.stage(request.source);
  const { manifest } = staged;
  refuseOtherPackage(staged, request.expected ?? {});
  const state = await session.state(manifest.name);
  if (!request.force) refuseLocalEdits(manifest.name, state.edited, "overwrite");
  if (isUpToDate(staged, state)) {
    return { manifest, document: documentOf(staged, "up_to_date", {}) };
  }
  await refuseConflicts(session, staged, state, request.force);
  const files = installedFiles(staged);
  const pruned = state.present.filter((path) => !files.includes(path));
  const entry = lockEntry(staged, state, request, now);
  const previous = state.entry?.version ?? state.version;
  const updated = previous !== undefined && previous !== manifest.version;
  return {
    manifest,
    installation: { staged, entry, pruned },
    document: documentOf(staged, updated ? "updated" : "installed", {
      ...(updated ? { previousVersion: previous } : {}),
      extractedFiles: files,
      pruned,
    }),
  };
}

function documentOf(
  { manifest: { name, version }, warnings }: StagedPackage,
  status: InstallDocument["status"],
  more: Partial<InstallDocument>,
): InstallDocument {
  return { name, version, status, extractedFiles: [], pruned: [], extends: [], warnings, ...more };
}

function refuseOtherPackage(
  { manifest, checksum }: StagedPackage,
  expected: NonNullable<InstallRequest["expected"]>,
): void {
  if (expected.checksum !== undefined && expected.checksum !== checksum) {
    throw new UserError(
      "checksum_mismatch",
      `Checksum verification failed. Expected ${expected.checksum}, got ${checksum ?? "none"}. ` +
        "The downloaded file may have been tampered with.",
    );
  }
  const { name = manifest.name, version = manifest.version } = expected;
  if (name !== manifest.name || version !== manifest.version) {
    throw new UserError(
      "package_mismatch",
      `Expected ${name}@${version}, but the package says that it is ` +
        `${manifest.name}@${manifest.version}. Nothing was installed.`,
    );
  }
}

function refuseDoubles(plans: readonly Plan[]): void {
  const names = plans.map(({ manifest: { name } }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double === undefined) return;
  throw new UserError("package_mismatch", `${double} is to be installed twice at once.`);
}

/** Whether the very same package is installed, listed and unharmed. */
function isUpToDate(staged: StagedPackage, state: PackageState): boolean {
  const { entry } = state;
  if (entry === undefined || state.absent.length > 0 || state.edited.length > 0) return false;
  return entry.version === staged.manifest.version && entry.checksum === staged.checksum &&
    entry.filesChecksum === staged.filesChecksum && state.filesChecksum === staged.filesChecksum;
}

async function refuseConflicts(
  session: PackageSession,
  staged: StagedPackage,
  state: PackageState,
  force: boolean,
): Promise<void> {
  const { existing, owned } = await session.conflicts(staged, state);
  if (owned.length > 0) {
    const { path, owner } = owned[0]!;
    throw new UserError(
      "files_exist",
      `${path} belongs to ${owner}. Two packages cannot share a file; remove ${owner} first.`,
      { fields: { conflicts: owned.map((conflict) => conflict.path) } },
    );
  }
  if (existing.length > 0 && !force) {
    throw new UserError("files_exist", "Files already exist. Use --force to overwrite.", {
      fields: { conflicts: existing },
    });
  }
}

function installedFiles({ manifest, files }: StagedPackage): string[] {
  return files.map(({ path }) => `${packageFolder(manifest.name)}/${path}`);
}

function lockEntry(
  staged: StagedPackage,
  { entry: previous }: PackageState,
  { origin = {} }: InstallRequest,
  now: Date,
): LockEntry {
  const { manifest: { name, version, include }, checksum, filesChecksum } = staged;
  const sameVersion = previous?.version === version && previous.pulledAt !== "";
  const included = include.map((path) => `${packageFolder(name)}/models/${path}`).sort();
  return {
    version,
    pulledAt: sameVersion ? previous.pulledAt : now.toISOString(),
    files: installedFiles(staged),
    ...(included.length === 0 ? {} : { include: included }),
    ...(checksum === undefined ? {} : { checksum }),
    filesChecksum,
    ...(origin.serverUrl === undefined ? {} : { serverUrl: origin.serverUrl }),
    ...(origin.channel === undefined ? {} : { channel: origin.channel }),
  };
}

function unmetDependencies(
  { dependencies }: PackageManifest,
  versions: ReadonlyMap<string, string>,
): SafetyFinding[] {
  return dependencies.flatMap((dependency) => {
    const problem = unmet(dependency, versions);
    return problem === undefined ? [] : [{ file: "manifest.yaml", message: problem }];
  });
}

function unmet(dependency: string, versions: ReadonlyMap<string, string>): string | undefined {
  try {
    const { name, constraint } = parseRequirement(dependency);
    const version = versions.get(name);
    if (version === undefined) return `Depends on ${dependency}, which is not installed.`;
    if (satisfies(version, constraint)) return undefined;
    return `Depends on ${dependency}, but ${version} is installed.`;
  } catch (thrown) {
    return messageOf(thrown);
  }
}
