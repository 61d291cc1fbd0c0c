/**
 * Where data is on disk: `data/<type>/<model id>/<name>/<version>/` (contract: cli-core 12.1).
 *
 * @module
 */
import { join } from "@std/path";
import { leavesItsFolder } from "../../../domain/data/data_name.ts";
import type { DataScope } from "../../../domain/data/data.ts";
import { messageOf, UserError } from "../../../domain/errors.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";
import { normalizeTypeName } from "../../../domain/extensions/type_name.ts";

/** Name of the file that holds a version's content. */
export const CONTENT_FILE = "raw";
/** Name of the file that makes a version visible. */
export const METADATA_FILE = "metadata.yaml";
/** Name of the file that hints at the newest version. */
export const LATEST_FILE = "latest";
/** Name of the model's lock, which lives beside the data (contract: cli-core 13.1). */
const LOCK_FILE = ".lock";
/** What is being removed waits under such a name, so that it vanishes in one step. */
const REMOVED = /^\.removed-[0-9a-f-]{36}$/;

/** Whether something in a model's or a name's folder is on its way out. */
export function isOnItsWayOut(name: string): boolean {
  return REMOVED.test(name);
}

/** Removes a folder so that it is gone in one step, whatever it holds. */
export async function vanish(parent: string, name: string): Promise<void> {
  const doomed = join(parent, `.removed-${crypto.randomUUID()}`);
  try {
    await Deno.rename(join(parent, name), doomed);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  await removeTree(doomed);
}

/** Removes a file or folder that somebody else may be removing at the same time. */
export async function removeTree(path: string): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await Deno.remove(path, { recursive: true });
    } catch (error) {
      // What is gone is gone; but something below it may have been gone as well, which says nothing.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      if (attempt > 3) return;
    }
  }
}

/**
 * The folder of a model's data.
 *
 * @param data absolute path of the folder of all data.
 * @throws {UserError} `invalid_model_id` when the id is no single folder name.
 */
export function modelFolder(data: string, { type, modelId }: DataScope): string {
  if (modelId === "" || modelId === "." || leavesItsFolder(modelId)) {
    throw new UserError("invalid_model_id", `Invalid model id "${modelId}"`);
  }
  return join(data, ...normalizeTypeName(type).split("/"), modelId);
}

/**
 * The folder of one name of a model.
 *
 * @throws {UserError} `invalid_data_name` when the name would lead elsewhere.
 */
export function nameFolder(data: string, scope: DataScope, name: string): string {
  if (name === "" || name === "." || leavesItsFolder(name)) {
    throw new UserError(
      "invalid_data_name",
      "Data name must not be empty or '.' or contain '..', '/', '\\', or null bytes (path traversal)" +
        `: "${name}"`,
    );
  }
  return join(modelFolder(data, scope), name);
}

/**
 * The names in a model's folder, sorted; empty when there is no such folder.
 *
 * @param report told if the folder cannot be read, which is an error otherwise; so it is with the other
 * functions here.
 */
export async function namesIn(folder: string, report?: DamageReporter): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of entriesOf(folder, report)) {
    if (entry.isDirectory && !REMOVED.test(entry.name)) names.push(entry.name);
  }
  return names.sort();
}

/** Version numbers that exist as folders, finished or not, ascending. */
export async function versionsIn(folder: string, report?: DamageReporter): Promise<number[]> {
  const numbers: number[] = [];
  for await (const entry of entriesOf(folder, report)) {
    if (entry.isDirectory && /^[1-9]\d{0,14}$/.test(entry.name)) numbers.push(Number(entry.name));
  }
  return numbers.sort((a, b) => a - b);
}

/** Whether a model's folder and those of its names can be read. */
export async function canBeListed(folder: string): Promise<boolean> {
  let canBe = true;
  const report = () => canBe = false;
  for (const name of await namesIn(folder, report)) await versionsIn(join(folder, name), report);
  return canBe;
}

/** Everything in a model's folder but its lock. */
export async function contentsOf(
  folder: string,
  report?: DamageReporter,
): Promise<Deno.DirEntry[]> {
  const entries: Deno.DirEntry[] = [];
  for await (const entry of entriesOf(folder, report)) {
    if (entry.name !== LOCK_FILE) entries.push(entry);
  }
  return entries;
}

/** What a folder below that of all data is, by its path relative to it. */
export type FolderPlace =
  | { readonly kind: "type" }
  | { readonly kind: "model"; readonly scope: DataScope }
  | { readonly kind: "name"; readonly scope: DataScope; readonly name: string };

/**
 * What the folder with this path is.
 *
 * @param path relative to the folder of all data, with `/`.
 * @returns `undefined` for folders that mean nothing: hidden ones, and those inside of a name's.
 */
export function folderPlace(path: string): FolderPlace | undefined {
  const segments = path.split("/");
  const modelAt = modelIdAt(segments);
  const typeSegments = modelAt < 0 ? segments : segments.slice(0, modelAt);
  if (typeSegments.some((segment) => segment.startsWith("."))) return undefined;
  if (modelAt < 0) return { kind: "type" };
  const scope = { type: typeSegments.join("/"), modelId: segments[modelAt]! };
  const [name, ...inside] = segments.slice(modelAt + 1);
  if (name === undefined) return { kind: "model", scope };
  return REMOVED.test(name) || inside.length > 0 ? undefined : { kind: "name", scope, name };
}

/** Index of the model's id in the segments of a path below the folder of all data, -1 without one. */
export function modelIdAt(segments: readonly string[]): number {
  return segments.findIndex((segment, at) => at > 0 && UUID.test(segment));
}

/** Every pair of type and model id that has a folder below `data`, sorted. */
export async function scopesBelow(data: string, report?: DamageReporter): Promise<DataScope[]> {
  const scopes: DataScope[] = [];
  const visit = async (folder: string, segments: readonly string[]) => {
    for await (const { name, isDirectory } of entriesOf(folder, report)) {
      if (!isDirectory || name.startsWith(".")) continue;
      if (segments.length > 0 && UUID.test(name)) {
        scopes.push({ type: segments.join("/"), modelId: name });
      } else {
        await visit(join(folder, name), [...segments, name]);
      }
    }
  };
  await visit(data, []);
  const key = ({ type, modelId }: DataScope) => `${type}/${modelId}`;
  return scopes.sort((a, b) => key(a) < key(b) ? -1 : 1);
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

async function* entriesOf(
  folder: string,
  report?: DamageReporter,
): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return;
    if (report === undefined) throw error;
    report({ path: folder, reason: messageOf(error) });
  }
}
