import { join } from "@std/path";
import type { DataScope } from "../../../domain/data/data.ts";
import type { StoredData } from "../../../domain/data/data_store.ts";
import { messageOf } from "../../../domain/errors.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";
import { CONTENT_FILE, METADATA_FILE, versionsIn } from "./data_folders.ts";
import { parseMetadata } from "./metadata_file.ts";
import { isClaim } from "./version_claim.ts";

/** One name of a model and its folder, an absolute path. */
export interface NamePlace {
  readonly scope: DataScope;
  readonly name: string;
  readonly folder: string;
}

/** The newest readable version of a name; what is damaged above it, or the folder, is reported. */
export async function readLatest(
  place: NamePlace,
  report: DamageReporter,
): Promise<StoredData | undefined> {
  for (const version of (await versionsIn(place.folder, report)).reverse()) {
    const stored = await readVersion(place, version, report);
    if (stored !== undefined) return stored;
  }
  return undefined;
}

/** One version of a name; `undefined` when it does not exist, is unfinished or damaged. */
export async function readVersion(
  { scope, name, folder }: NamePlace,
  version: number,
  report: DamageReporter,
): Promise<StoredData | undefined> {
  const path = join(folder, String(version));
  const metadataPath = join(path, METADATA_FILE);
  try {
    const text = await Deno.readTextFile(metadataPath);
    const metadata = await parseMetadata(text, { name, version });
    return { scope, metadata, path, contentPath: join(path, CONTENT_FILE) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      report({ path: metadataPath, reason: messageOf(error) });
    } else if (await hasLostItsMetadata(path)) {
      report({ path: metadataPath, reason: "the file is missing" });
    }
    return undefined;
  }
}

/** Whether a version without metadata is damaged, rather than absent or still being written. */
async function hasLostItsMetadata(folder: string): Promise<boolean> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
    return names.includes(CONTENT_FILE) && !names.includes(METADATA_FILE) && !names.some(isClaim);
  } catch {
    return false;
  }
}
