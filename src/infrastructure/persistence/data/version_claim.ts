/**
 * Who writes which version. A version number is taken by creating its folder, which only one process
 * can do. Inside, a claim file names the writer; the version becomes visible when the claim, by then
 * filled with the metadata, is renamed to `metadata.yaml`. What a killed process leaves behind is thus
 * invisible, and the next writer takes it over by renaming the claim to its own, which again only one
 * process can do.
 *
 * @module
 */
import { join } from "@std/path";
import { METADATA_FILE, versionsIn } from "./data_folders.ts";
import { processIsAlive } from "../process_alive.ts";

const CLAIM = /^\.writing-(\d+)-[\da-f-]{36}@(.*)$/;

/** An empty folder this old was left by a process that died before it wrote its claim. */
const STALE_FOLDER_MILLISECONDS = 10_000;

/** A version that this process may write. */
export interface VersionClaim {
  readonly version: number;
  /** Absolute path of the version's folder. */
  readonly folder: string;
  /** Absolute path of the claim file. */
  readonly claimPath: string;
}

/** Whether a file in a version's folder is the claim of a writer. */
export function isClaim(fileName: string): boolean {
  return CLAIM.test(fileName);
}

/**
 * Takes the next free version of a name.
 *
 * @param folder absolute path of the name's folder; it is created when it is missing.
 */
export async function claimVersion(folder: string): Promise<VersionClaim> {
  for (;;) {
    await Deno.mkdir(folder, { recursive: true });
    const versions = await versionsIn(folder);
    const claim = await adoptAbandoned(folder, versions) ??
      await createVersion(folder, (versions.at(-1) ?? 0) + 1);
    if (claim !== undefined) return claim;
  }
}

/** Creates the folder of a version and claims it; `undefined` when somebody else was faster. */
async function createVersion(folder: string, version: number): Promise<VersionClaim | undefined> {
  const path = join(folder, String(version));
  const claimPath = join(path, newClaimName());
  try {
    await Deno.mkdir(path);
    await Deno.writeFile(claimPath, new Uint8Array(), { createNew: true });
    return { version, folder: path, claimPath };
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists || error instanceof Deno.errors.NotFound) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Takes over the lowest of the newest versions that their writers left unfinished. Nothing below a
 * published version or below somebody's running write is touched: numbers only grow.
 */
async function adoptAbandoned(
  folder: string,
  versions: readonly number[],
): Promise<VersionClaim | undefined> {
  let lowest: { readonly version: number; readonly claim: string } | undefined;
  for (const version of versions.toReversed()) {
    const claim = await abandonedClaim(join(folder, String(version)));
    if (claim === undefined) break;
    lowest = { version, claim };
  }
  if (lowest === undefined) return undefined;
  const path = join(folder, String(lowest.version));
  const claimPath = await takeOver(path, lowest.claim);
  if (claimPath === undefined) return undefined;
  await removeLeftovers(path, claimPath);
  return { version: lowest.version, folder: path, claimPath };
}

/**
 * Takes over a version that its writer left unfinished, so that nobody else does.
 *
 * @param folder absolute path of the version's folder.
 * @returns whether it is this process's now.
 */
export async function takeAbandoned(folder: string): Promise<boolean> {
  const claim = await abandonedClaim(folder);
  return claim !== undefined && await takeOver(folder, claim) !== undefined;
}

/** Renames a claim to one of this process; `undefined` when somebody else was faster. */
async function takeOver(folder: string, claim: string): Promise<string | undefined> {
  const claimPath = join(folder, newClaimName());
  try {
    await Deno.rename(join(folder, claim), claimPath);
    return claimPath;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The claim of a writer on this machine that no longer runs, if that is what the folder holds. */
async function abandonedClaim(folder: string): Promise<string | undefined> {
  const names = await fileNames(folder);
  if (names.length === 0) await removeStaleFolder(folder);
  if (names.includes(METADATA_FILE)) return undefined;
  return names.find(isAbandoned);
}

/** Whether a claim is that of a process on this machine that no longer runs. */
export function isAbandoned(claim: string): boolean {
  const [, pid, host] = CLAIM.exec(claim) ?? [];
  return host === hostName() && !processIsAlive(Number(pid));
}

async function fileNames(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Removing works on an empty folder only, so a writer that just comes to it loses nothing. */
async function removeStaleFolder(folder: string): Promise<void> {
  try {
    const { mtime } = await Deno.stat(folder);
    if (Date.now() - (mtime?.getTime() ?? Date.now()) < STALE_FOLDER_MILLISECONDS) return;
    await Deno.remove(folder);
  } catch {
    // Somebody else removed it or came to use it.
  }
}

async function removeLeftovers(folder: string, claimPath: string): Promise<void> {
  for (const name of await fileNames(folder)) {
    const path = join(folder, name);
    if (path !== claimPath) await Deno.remove(path, { recursive: true });
  }
}

function newClaimName(): string {
  return `.writing-${Deno.pid}-${crypto.randomUUID()}@${hostName()}`;
}

function hostName(): string {
  return Deno.hostname().replaceAll(/[^\w.-]/g, "_");
}
