import { join } from "@std/path";
import { unsafePathReason } from "../../../domain/extensions/package_path.ts";
import { isMap } from "../../../domain/models/definition_fields.ts";
import { writeFileAtomically } from "../../persistence/atomic_file.ts";
import { journalPath, type PackagePlaces, packagesPath } from "./package_places.ts";

/** Names of staging folders begin so; no package's name does. */
const STAGING_PREFIX = ".staging-";

const LAYOUT = 1;

/**
 * A change of installed packages that is under way. It is written down before the first file moves and
 * removed after the last step: a change whose journal is still there is undone, however far it came.
 */
export interface ChangeJournal {
  /** Name of the staging folder, beside the journal. */
  readonly staging: string;
  /** Files that come: `from` is relative to the staging folder, `to` to the repository. */
  readonly put: readonly { readonly from: string; readonly to: string }[];
  /** Files that go, or are replaced, relative to the repository. */
  readonly take: readonly string[];
  /** Packages that are being removed. */
  readonly removing: readonly string[];
  /** Text of the lock file before and after; `null` for no file. */
  readonly lock: { readonly before: string | null; readonly after: string };
}

/** Absolute path of a new staging folder, which is made. */
export function makeStagingFolder(places: PackagePlaces): string {
  const folder = join(packagesPath(places), `${STAGING_PREFIX}${crypto.randomUUID()}`);
  Deno.mkdirSync(folder, { recursive: true });
  return folder;
}

/** Absolute paths of all staging folders; those of killed processes too. */
export function stagingFolders(places: PackagePlaces): string[] {
  try {
    return [...Deno.readDirSync(packagesPath(places))]
      .filter(({ name }) => name.startsWith(STAGING_PREFIX))
      .map(({ name }) => join(packagesPath(places), name));
  } catch {
    return [];
  }
}

/**
 * Writes the journal: from now on the change is undone unless the journal is removed. It is made in the
 * staging folder, where nothing is left of it if this process is killed.
 */
export async function writeJournal(places: PackagePlaces, journal: ChangeJournal): Promise<void> {
  const draft = join(packagesPath(places), journal.staging, "change.json");
  await writeFileAtomically(draft, `${JSON.stringify({ layout: LAYOUT, ...journal })}\n`);
  await Deno.rename(draft, journalPath(places));
}

/** Removes the journal: the change is final. */
export function removeJournal(places: PackagePlaces): void {
  Deno.removeSync(journalPath(places));
}

/** The journal; `undefined` when there is none, or none that can be followed. */
export function readJournal(places: PackagePlaces): ChangeJournal | undefined {
  try {
    const journal: unknown = JSON.parse(Deno.readTextFileSync(journalPath(places)));
    return isMap(journal) && isSound(journal as Partial<ChangeJournal>)
      ? journal as unknown as ChangeJournal
      : undefined;
  } catch {
    return undefined;
  }
}

function isSound(journal: Partial<ChangeJournal> & { readonly layout?: unknown }): boolean {
  const { layout, staging, put, take, removing, lock } = journal;
  if (layout !== LAYOUT || !isMap(lock) || typeof lock.after !== "string") return false;
  if (lock.before !== null && typeof lock.before !== "string") return false;
  if (!Array.isArray(put) || !Array.isArray(take) || !Array.isArray(removing)) return false;
  if (typeof staging !== "string" || !/^\.staging-[\w-]+$/.test(staging)) return false;
  const inside = [...put.map(({ to }) => to), ...take];
  return put.every(({ from }) => isSafe(from)) &&
    inside.every((path) => isSafe(path) && path.startsWith(".swamp/"));
}

function isSafe(path: unknown): boolean {
  return typeof path === "string" && unsafePathReason(path) === undefined;
}
