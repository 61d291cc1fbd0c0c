import { join } from "@std/path";
import type { DataScope } from "../../domain/data/data.ts";
import { requireDataName } from "../../domain/data/data_name.ts";
import type {
  DataStore,
  NewMetadata,
  PendingVersion,
  StoredData,
  SyncDataReader,
  UnpublishedVersion,
} from "../../domain/data/data_store.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { DamageReporter } from "../../domain/repository/damage.ts";
import { writeFileAtomically } from "./atomic_file.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { digestFile } from "./data/content_digest.ts";
import * as folders from "./data/data_folders.ts";
import {
  type ClaimCompletion,
  completeClaim,
  completeTogether,
  resumePublication,
} from "./data/publication.ts";
import { sweepModel } from "./data/leftovers.ts";
import { createSyncReader } from "./data/sync_reader.ts";
import { readLatest, readVersion } from "./data/version_reader.ts";
import { formatMetadata } from "./data/metadata_file.ts";
import { claimVersion } from "./data/version_claim.ts";
import { removeLatestHint, writeLatestHint } from "./data/latest_hint.ts";

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

/** A version whose claim only has to be completed. */
interface Prepared {
  readonly stored: StoredData;
  readonly claim: ClaimCompletion;
}

class FileDataStore implements DataStore {
  readonly sync: SyncDataReader;
  readonly #data: string;
  readonly #report: DamageReporter;
  /** The claim file of every version that this process has reserved. */
  readonly #claims = new WeakMap<PendingVersion, string>();

  constructor(data: string, report: DamageReporter) {
    this.#data = data;
    this.#report = report;
    this.sync = createSyncReader(data, report);
  }

  async reserve(scope: DataScope, name: string): Promise<PendingVersion> {
    requireDataName(name);
    await this.resume(scope);
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
    const { stored, claim } = await this.#prepare({ pending, metadata });
    await completeClaim(claim);
    await this.#published([pending]);
    return stored;
  }

  async publishTogether(versions: readonly UnpublishedVersion[]): Promise<readonly StoredData[]> {
    const [first] = versions;
    if (first === undefined) return [];
    const prepared: Prepared[] = [];
    for (const version of versions) prepared.push(await this.#prepare(version));
    const folder = folders.modelFolder(this.#data, first.pending.scope);
    await completeTogether(folder, prepared.map(({ claim }) => claim));
    await this.#published(versions.map(({ pending }) => pending));
    return prepared.map(({ stored }) => stored);
  }

  async resume(scope: DataScope): Promise<void> {
    await resumePublication(folders.modelFolder(this.#data, scope));
  }

  async discard(pending: PendingVersion): Promise<void> {
    const { scope, name, version } = pending;
    this.#claims.delete(pending);
    const folder = this.#folder(scope, name);
    await folders.vanish(folder, String(version));
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
      await folders.versionsIn(place.folder, this.#report),
      (version) => readVersion(place, version, this.#report),
    );
  }

  async versions(scope: DataScope, name: string): Promise<readonly number[]> {
    return (await this.history(scope, name)).map(({ metadata }) => metadata.version);
  }

  async list(scope: DataScope): Promise<readonly StoredData[]> {
    const folder = folders.modelFolder(this.#data, scope);
    return await inBatches(
      await folders.namesIn(folder, this.#report),
      (name) => readLatest({ scope, name, folder: join(folder, name) }, this.#report),
    );
  }

  async scopes(): Promise<readonly DataScope[]> {
    return await folders.scopesBelow(this.#data, this.#report);
  }

  async canBeListed(scope: DataScope): Promise<boolean> {
    return await folders.canBeListed(folders.modelFolder(this.#data, scope));
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

  async append(stored: StoredData, bytes: Uint8Array): Promise<StoredData> {
    const { scope, metadata: { checksum: _checksum, ...metadata }, path, contentPath } = stored;
    const { size: before } = await Deno.stat(contentPath);
    await Deno.writeFile(contentPath, bytes, { append: true }).catch(async (error) => {
      await Deno.truncate(contentPath, before);
      throw error;
    });
    const longer = { ...metadata, size: (await Deno.stat(contentPath)).size };
    await writeFileAtomically(join(path, folders.METADATA_FILE), formatMetadata(longer));
    // For the data catalog, which looks at the name's folder.
    await writeLatestHint(this.#folder(scope, metadata.name), metadata.version);
    await this.#touch(scope);
    return { ...stored, metadata: longer };
  }

  async removeLatestHint(scope: DataScope, name: string): Promise<void> {
    await removeLatestHint(this.#folder(scope, name));
  }

  async remove(scope: DataScope, name: string, version?: number): Promise<void> {
    const folder = this.#folder(scope, name);
    if (version === undefined) {
      await folders.vanish(folders.modelFolder(this.#data, scope), name);
      return;
    }
    await this.#touch(scope);
    await folders.vanish(folder, String(version));
    const newest = (await folders.versionsIn(folder)).at(-1);
    if (newest === undefined) await folders.vanish(folders.modelFolder(this.#data, scope), name);
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

  async sweep(): Promise<number> {
    let removed = 0;
    for (const scope of await this.scopes()) {
      removed += await sweepModel(folders.modelFolder(this.#data, scope));
    }
    return removed;
  }

  /** Fills the claim of a version with its metadata. */
  async #prepare({ pending, metadata }: UnpublishedVersion): Promise<Prepared> {
    const { scope, name, version, contentPath } = pending;
    const claimPath = this.#claims.get(pending);
    if (claimPath === undefined) throw new Error(`Version ${version} of "${name}" is not reserved`);
    const digest = await this.#digest(pending);
    const createdAt = new Date().toISOString();
    const complete = { ...metadata, ...digest, name, version, createdAt };
    await Deno.writeTextFile(claimPath, formatMetadata(complete));
    const path = join(this.#folder(scope, name), String(version));
    return {
      stored: { scope, metadata: complete, path, contentPath },
      claim: { path: claimPath, target: join(path, folders.METADATA_FILE) },
    };
  }

  async #published(versions: readonly PendingVersion[]): Promise<void> {
    for (const pending of versions) {
      this.#claims.delete(pending);
      await writeLatestHint(this.#folder(pending.scope, pending.name), pending.version);
    }
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
