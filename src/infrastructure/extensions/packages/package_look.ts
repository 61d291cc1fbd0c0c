import { messageOf } from "../../../domain/errors.ts";
import { LOCK_FILE, packageFolder } from "../../../domain/extensions/lock_entry.ts";
import { isBundle } from "../../../domain/extensions/package_layout.ts";
import type {
  PackageCondition,
  PackageHealth,
  PackagesHealth,
} from "../../../domain/extensions/package_health.ts";
import { sourceKey } from "../source_key.ts";
import {
  type InstalledPackage,
  installedPackages,
  type PackageProblem,
} from "./installed_packages.ts";
import { type LockFile, readLockFile } from "./lock_file.ts";
import { unlistedPackages } from "./package_folders.ts";
import { lockFilePath, packagePath, type PackagePlaces } from "./package_places.ts";
import { readRecord } from "./package_record.ts";
import { missingFiles } from "./package_state.ts";
import { hasUnfinishedChange } from "./package_stats.ts";
import { type PackageVerification, verifyPackage } from "./package_verification.ts";

/**
 * The state of all packages: what the lock file lists against what lies on disk. Takes no lock and
 * writes nothing.
 *
 * @param verify whether to read every file of every package
 */
export async function lookAtPackages(
  places: PackagePlaces,
  verify: boolean,
): Promise<PackagesHealth> {
  const isInterrupted = hasUnfinishedChange(places);
  const none = {
    lockFile: sourceKey(places.repositoryRoot, lockFilePath(places)),
    problem: "",
    isInterrupted,
    packages: [],
    verified: 0,
  };
  let lock: LockFile;
  try {
    lock = readLockFile(lockFilePath(places));
  } catch (thrown) {
    return { ...none, problem: messageOf(thrown) };
  }
  const looks = await lookAtListed(places, lock, verify);
  // What a change has left half done is no package of anybody's, and is put back by the next command.
  const unlisted = isInterrupted ? [] : unlistedPackages(places, [...lock.entries.keys()]);
  for (const name of unlisted) looks.push({ health: await unlistedHealth(places, lock, name) });
  return {
    ...none,
    packages: looks.map(({ health }) => health).sort((a, b) => a.name < b.name ? -1 : 1),
    verified: looks.reduce((sum, { read = 0 }) => sum + read, 0),
  };
}

async function lookAtListed(
  places: PackagePlaces,
  lock: LockFile,
  verify: boolean,
): Promise<Look[]> {
  const { packages, problems } = await installedPackages(places);
  const installed = new Map(packages.map((found) => [found.name, found]));
  const problemOf = new Map(problems.map((problem) => [problem.name ?? "", problem]));
  const looks: Look[] = [];
  for (const name of [...lock.entries.keys(), ...lock.unusable]) {
    const known = { installed: installed.get(name), problem: problemOf.get(name) };
    looks.push(await lookAt(places, lock, { name, ...known, verify }));
  }
  return looks;
}

interface Look {
  readonly health: PackageHealth;
  readonly read?: number;
}

interface Question {
  readonly name: string;
  readonly installed: InstalledPackage | undefined;
  readonly problem: PackageProblem | undefined;
  readonly verify: boolean;
}

async function lookAt(places: PackagePlaces, lock: LockFile, question: Question): Promise<Look> {
  const { name, installed, problem, verify } = question;
  // The name of an entry that cannot be used may lead anywhere.
  const files = problem?.code === "invalid_entry"
    ? { refusal: problem.message }
    : await filesOf(places, lock, name, verify);
  const refusal = "refusal" in files ? files.refusal : "";
  const found = "refusal" in files ? undefined : files;
  const condition = problem === undefined && refusal !== ""
    ? "invalid"
    : conditionOf(question, found);
  return {
    health: {
      name,
      version: installed?.version ?? lock.entries.get(name)?.version ?? "",
      condition,
      problem: problem?.message ?? (condition === "edited" ? editedProblem(name) : refusal),
      missing: found?.missing.filter((path) => verify || !isBundleOf(name, path)) ?? [],
      edited: found?.changed ?? [],
      surplus: found?.surplus ?? [],
      repairable: false,
    },
    read: found?.read ?? 0,
  };
}

type Files = Omit<PackageVerification, "name">;

/** The package's files against what was installed, or why they are not looked at. */
async function filesOf(
  places: PackagePlaces,
  lock: LockFile,
  name: string,
  verify: boolean,
): Promise<Files | { readonly refusal: string }> {
  try {
    if (verify) return await verifyPackage(places, lock, name);
    return { missing: missingFiles(places, lock, name), changed: [], surplus: [], read: 0 };
  } catch (thrown) {
    return { refusal: messageOf(thrown) };
  }
}

function conditionOf({ installed, problem }: Question, files: Files | undefined): PackageCondition {
  switch (problem?.code) {
    case "missing_files":
      return installed === undefined ? "missing" : "incomplete";
    case "other_version":
      return "other_version";
    case undefined:
    case "listed_twice":
      return files !== undefined && files.changed.length > 0 ? "edited" : "ok";
    default:
      return "invalid";
  }
}

function editedProblem(name: string): string {
  return `Files of the installed extension ${name} are not what was installed. Keep a copy of what ` +
    `you want of them, then run 'swamp extension pull ${name} --force' to restore it.`;
}

/**
 * A package that nobody asks for. It can go as long as that loses nothing: it is just as it was
 * installed, and the lock file, which could be restored with the package in it, is there.
 */
async function unlistedHealth(
  places: PackagePlaces,
  lock: LockFile,
  name: string,
): Promise<PackageHealth> {
  const folder = packageFolder(name);
  const record = readRecord(packagePath(places, name));
  const files = await filesOf(places, lock, name, true);
  const { changed, surplus } = "refusal" in files ? { changed: [], surplus: [] } : files;
  const isUnharmed = !("refusal" in files) && changed.length === 0 && surplus.length === 0;
  const repairable = record !== undefined && lock.text !== undefined && isUnharmed;
  const remedy = repairable
    ? "--repair removes it."
    : `Run 'swamp extension pull ${name}' to list it again, or remove the folder.`;
  return {
    name,
    version: versionOf(record?.manifest),
    condition: "unlisted",
    problem: `${folder} is not in ${LOCK_FILE}, so its types are not used. ${remedy}`,
    missing: [],
    edited: changed,
    surplus,
    repairable,
  };
}

function versionOf(manifest: unknown): string {
  const version = (manifest as { readonly version?: unknown } | undefined)?.version;
  return typeof version === "string" ? version : "";
}

/** Whether a path is that of a bundle of a package, both relative to the repository. */
function isBundleOf(name: string, path: string): boolean {
  const folder = `${packageFolder(name)}/`;
  return path.startsWith(folder) ? isBundle(path.slice(folder.length)) : path.endsWith(".js");
}
