import { join } from "@std/path";
import type { DataScope } from "../../domain/data/data.ts";
import { requireDataName } from "../../domain/data/data_name.ts";
import type {
  DataStore,
  NewMetadata,
  PendingVersion,
  StoredData,
} from "../../domain/data/data_store.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { DamageReporter } from "../../domain/repository/damage.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { digestFile } from "./data/content_digest.ts";
import * as folders from "./data/data_folders.ts";
import { readLatest, readVersion } from "./data/version_reader.ts";
import { formatMetadata } from "./data/metadata_file.ts";
import { claimVersion } from "./data/version_claim.ts";
import { writeLatestHint } from "./data/latest_hint.ts";

/** So many versions are read at a time; more only costs file handles. */
const READ_AT_ONCE = 16;

/**
 * The data of a repository as files (contract: cli-core 12.1, authoring 3.1).
 *
 * @param report told of damaged metadata, once for each file.
 */
export function createDataStore(
  layout: RepositoryLayout,
  report: DamageReporter = () => {},
): DataStore {
  return new FileDataStore(layout.data, reportOnce(report));
}

class FileDataStore implements DataStore {
  readonly #data: string;
  readonly #report: DamageReporter;
  /** The claim file of every version that this process has reserved. */
  readonly #claims = new WeakMap<PendingVersion, string>();

  constructor(data: string, report: DamageReporter) {
    this.#data = data;
    this.#report = report;
  }

  async reserve(scope: DataScope, name: string): Promise<PendingVersion> {
    requireDataName(name);
    const { version, folder, claimPath } = await claimVersion(this.#folder(scope, name));
    await this.#touch(scope);
    const pending = { scope, name, version, contentPath: join(folder, folders.CONTENT_FILE) };
    this.#claims.set(pending, claimPath);
    return pending;
  }

  async openContent({ contentPath }: PendingVersion): Promise<WritableStream<Uint8Array>> {
    const file = await Deno.open(contentPath, { write: true, create: true, truncate: true });
    return file.writable;
  }

  async publish(pending: PendingVersion, metadata: NewMetadata): Promise<StoredData> {
    const { scope, name, version, contentPath } = pending;
    const claimPath = this.#claims.get(pending);
    if (claimPath === undefined) throw new Error(`Version ${version} of "${name}" is not reserved`);
    const digest = await this.#digest(pending);
    const createdAt = new Date().toISOString();
    const complete = { ...metadata, ...digest, name, version, createdAt };
    const folder = join(this.#folder(scope, name), String(version));
    await Deno.writeTextFile(claimPath, formatMetadata(complete));
    await Deno.rename(claimPath, join(folder, folders.METADATA_FILE));
    this.#claims.delete(pending);
    await writeLatestHint(this.#folder(scope, name), version);
    return { scope, metadata: complete, path: folder, contentPath };
  }

  async discard(pending: PendingVersion): Promise<void> {
    const { scope, name, version } = pending;
    this.#claims.delete(pending);
    const folder = this.#folder(scope, name);
    await vanish(folder, String(version));
    await removeIfEmpty(folder);
  }

  async get(scope: DataScope, name: string, version?: number): Promise<StoredData | undefined> {
    const place = { scope, name, folder: this.#folder(scope, name) };
    return version === undefined
      ? await readLatest(place, this.#report)
      : await readVersion(place, version, this.#report);
  }

  async latestIsDamaged(scope: DataScope, name: string): Promise<boolean> {
    let isDamaged = false;
    await readLatest({ scope, name, folder: this.#folder(scope, name) }, () => isDamaged = true);
    return isDamaged;
  }

  async history(scope: DataScope, name: string): Promise<readonly StoredData[]> {
    const place = { scope, name, folder: this.#folder(scope, name) };
    return await inBatches(
      await folders.versionsIn(place.folder),
      (version) => readVersion(place, version, this.#report),
    );
  }

  async versions(scope: DataScope, name: string): Promise<readonly number[]> {
    return (await this.history(scope, name)).map(({ metadata }) => metadata.version);
  }

  async list(scope: DataScope): Promise<readonly StoredData[]> {
    const folder = folders.modelFolder(this.#data, scope);
    return await inBatches(
      await folders.namesIn(folder),
      (name) => readLatest({ scope, name, folder: join(folder, name) }, this.#report),
    );
  }

  async scopes(): Promise<readonly DataScope[]> {
    return await folders.scopesBelow(this.#data);
  }

  async content({ contentPath }: StoredData): Promise<Uint8Array | undefined> {
    try {
      return await Deno.readFile(contentPath);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  async stream({ contentPath }: StoredData): Promise<ReadableStream<Uint8Array> | undefined> {
    try {
      return (await Deno.open(contentPath)).readable;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  async remove(scope: DataScope, name: string, version?: number): Promise<void> {
    const folder = this.#folder(scope, name);
    if (version === undefined) {
      await vanish(folders.modelFolder(this.#data, scope), name);
      return;
    }
    await this.#touch(scope);
    await vanish(folder, String(version));
    const newest = (await folders.versionsIn(folder)).at(-1);
    if (newest === undefined) await vanish(folders.modelFolder(this.#data, scope), name);
    else await writeLatestHint(folder, newest, { mayGoBack: true });
  }

  async removeAll(scope: DataScope): Promise<number> {
    const folder = folders.modelFolder(this.#data, scope);
    const names = await folders.namesIn(folder);
    const failed: { path: string; reason: string }[] = [];
    for (const { name } of await folders.contentsOf(folder)) {
      const path = join(folder, name);
      await Deno.remove(path, { recursive: true }).catch((error) => {
        failed.push({ path, reason: messageOf(error) });
      });
    }
    await removeIfEmpty(folder);
    if (failed.length > 0) {
      const lines = failed.map(({ path, reason }) => `  ${path}: ${reason}`);
      throw new UserError("data_not_removed", `Could not remove:\n${lines.join("\n")}`, {
        fields: { failed },
      });
    }
    return names.length;
  }

  async #digest({ name, contentPath }: PendingVersion) {
    try {
      return await digestFile(contentPath);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new UserError("no_content", `Nothing was written for "${name}": ${contentPath}`);
    }
  }

  /** Lets the data catalog know, by the time of the model's folder, to look at the names in it. */
  async #touch(scope: DataScope): Promise<void> {
    const now = new Date();
    await Deno.utime(folders.modelFolder(this.#data, scope), now, now).catch(() => {});
  }

  #folder(scope: DataScope, name: string): string {
    return folders.nameFolder(this.#data, scope, name);
  }
}

/** Removes a folder so that it is gone in one step, whatever it holds. */
async function vanish(parent: string, name: string): Promise<void> {
  const doomed = join(parent, folders.removedName());
  try {
    await Deno.rename(join(parent, name), doomed);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  await Deno.remove(doomed, { recursive: true });
}

async function removeIfEmpty(folder: string): Promise<void> {
  await Deno.remove(folder).catch(() => {});
}

/** The defined results of `read` for every item, in order. */
async function inBatches<T, R>(
  items: readonly T[],
  read: (item: T) => Promise<R | undefined>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += READ_AT_ONCE) {
    const batch = await Promise.all(items.slice(start, start + READ_AT_ONCE).map(read));
    results.push(...batch.filter((result) => result !== undefined));
  }
  return results;
}

function reportOnce(report: DamageReporter): DamageReporter {
  const reported = new Set<string>();
  return (file) => {
    if (reported.has(file.path)) return;
    reported.add(file.path);
    report(file);
  };
}
