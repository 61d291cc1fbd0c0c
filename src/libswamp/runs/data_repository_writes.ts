import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore, NewMetadata, PendingVersion } from "../../domain/data/data_store.ts";
import { surplusVersions } from "../../domain/data/expiry.ts";
import {
  DURATION_TEXT,
  garbageCollectionProblem,
  isLifetime,
  storedLifetime,
} from "../../domain/data/lifetime.ts";
import { methodOwner, requireSameOwner } from "../../domain/data/ownership.ts";
import { UserError } from "../../domain/errors.ts";
import { typeNameOf } from "../../domain/models/model_type_reference.ts";
import { movableData, moveData, type NewName, requireNames } from "../data/move_data.ts";
import type { DataView } from "./data_view.ts";

/** Data that extension code wants to have saved; what it leaves out gets a sensible value. */
export type NewData = Partial<DataView> & { readonly name: string };

/** Versions that are to be removed. */
export interface VersionsOf {
  readonly scope: DataScope;
  readonly name: string;
  readonly versions: readonly number[];
}

/** What is done around changes that extension code makes. */
export interface DataChangeRules {
  /** Runs a change, and refuses it when the method has ended already. */
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
  /** Has the last word on tags, which are kept in plain text. */
  readonly tagging?: (tags: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** Has the last word on content that is stored through the repository; it stays as it is unless told. */
  readonly storing?: (data: NewData, content: Uint8Array) => Uint8Array;
  /** Looks at the file of content that the caller has written, before anybody else sees it. */
  readonly publishing?: (data: NewData, contentPath: string) => Promise<void>;
  /** Told of versions before they are removed. */
  readonly removing?: (removals: readonly VersionsOf[]) => Promise<void>;
}

/** The functions of `dataRepository` that change data (contract: authoring 2.4). */
export interface DataRepositoryWrites {
  /** Stores content as the next version of a name. */
  save(
    type: unknown,
    modelId: string,
    data: NewData,
    content: Uint8Array,
  ): Promise<{ version: number }>;
  /** Adds to the content of the latest version, which thereby loses its checksum. */
  append(
    type: unknown,
    modelId: string,
    name: string,
    content: Uint8Array,
  ): Promise<{ version: number; size: number }>;
  /**
   * Takes the next version of a name, for content that the caller writes into a file; nobody sees it
   * before {@linkcode finalizeVersion}.
   */
  allocateVersion(
    type: unknown,
    modelId: string,
    data: NewData,
  ): Promise<{ version: number; contentPath: string }>;
  /** Makes a version visible that was allocated. */
  finalizeVersion(
    type: unknown,
    modelId: string,
    name: string,
    version: number,
  ): Promise<{ version: number; size: number; checksum: string }>;
  /** Gives data another name, to which the old one leads from then on. */
  rename(
    type: unknown,
    modelId: string,
    oldName: string,
    newName: string,
  ): Promise<{ copiedVersion: number; newVersion: number }>;
  /** Removes one version, or all versions of a name. */
  delete(type: unknown, modelId: string, name: string, version?: number): Promise<void>;
  /** Removes the old versions of a model's data that their `garbageCollection` does not keep. */
  collectGarbage(
    type: unknown,
    modelId: string,
  ): Promise<{ versionsDeleted: number; bytesReclaimed: number }>;
  /** Removes the file that names the latest version, until the next one is written. */
  removeLatestMarker(type: unknown, modelId: string, name: string): Promise<void>;
}

/** A version between {@linkcode DataRepositoryWrites.allocateVersion} and its end. */
interface AllocatedVersion {
  readonly pending: PendingVersion;
  readonly metadata: NewMetadata;
}

/** The functions for extension code that change data. */
export function createDataRepositoryWrites(
  data: DataStore,
  rules: DataChangeRules,
): DataRepositoryWrites {
  const { write } = rules;
  const changes = new DataChanges(data, rules);
  return {
    save: (type, modelId, added, content) =>
      write(() => changes.save(scopeOf(type, modelId), added, content)),
    append: (type, modelId, name, content) =>
      write(() => changes.append(scopeOf(type, modelId), name, content)),
    allocateVersion: (type, modelId, added) =>
      write(() => changes.allocate(scopeOf(type, modelId), added)),
    finalizeVersion: (type, modelId, name, version) =>
      write(() => changes.finalize(scopeOf(type, modelId), name, version)),
    rename: (type, modelId, oldName, newName) =>
      write(() => changes.rename(scopeOf(type, modelId), { oldName, newName })),
    delete: (type, modelId, name, version) =>
      write(() => changes.delete(scopeOf(type, modelId), name, version)),
    collectGarbage: (type, modelId) => write(() => changes.collectGarbage(scopeOf(type, modelId))),
    removeLatestMarker: (type, modelId, name) =>
      write(() => data.removeLatestHint(scopeOf(type, modelId), name)),
  };
}

class DataChanges {
  readonly #data: DataStore;
  readonly #rules: DataChangeRules;
  readonly #allocated = new Map<string, AllocatedVersion>();

  constructor(data: DataStore, rules: DataChangeRules) {
    this.#data = data;
    this.#rules = rules;
  }

  async save(scope: DataScope, added: NewData, content: Uint8Array) {
    const { pending, metadata } = await this.#reserved(scope, added);
    try {
      const bytes = this.#stored(added, content);
      await ReadableStream.from([bytes]).pipeTo(await this.#data.openContent(pending));
      const stored = await this.#data.publish(pending, metadata);
      return { version: stored.metadata.version };
    } catch (error) {
      await this.#data.discard(pending).catch(() => {});
      throw error;
    }
  }

  async append(scope: DataScope, name: string, content: Uint8Array) {
    const latest = await this.#data.get(scope, name);
    if (latest === undefined || latest.metadata.lifecycle === "deleted") {
      throw new UserError("data_not_found", `Data "${name}" not found`);
    }
    const { ownerDefinition, contentType } = latest.metadata;
    requireSameOwner(name, ownerDefinition, methodOwner(scope.modelId));
    const bytes = this.#stored({ name, contentType }, content);
    const { metadata } = await this.#data.append(latest, bytes);
    return { version: metadata.version, size: metadata.size ?? 0 };
  }

  async allocate(scope: DataScope, added: NewData) {
    const version = await this.#reserved(scope, added);
    const { pending } = version;
    this.#allocated.set(keyOf(scope, added.name, pending.version), version);
    return { version: pending.version, contentPath: pending.contentPath };
  }

  async finalize(scope: DataScope, name: string, version: number) {
    const key = keyOf(scope, name, version);
    const { pending, metadata } = this.#allocated.get(key) ?? notAllocated(name, version);
    const { contentType } = metadata;
    await this.#rules.publishing?.({ name, contentType }, pending.contentPath);
    const stored = await this.#data.publish(pending, metadata);
    this.#allocated.delete(key);
    const { size = 0, checksum = "" } = stored.metadata;
    return { version, size, checksum };
  }

  async rename(scope: DataScope, names: NewName) {
    requireNames(names);
    const old = await movableData(this.#data, scope, names);
    const copy = await moveData(this.#data, old, names.newName);
    return { copiedVersion: old.metadata.version, newVersion: copy.metadata.version };
  }

  async delete(scope: DataScope, name: string, version?: number) {
    const versions = version === undefined ? await this.#data.versions(scope, name) : [version];
    await this.#rules.removing?.([{ scope, name, versions }]);
    await this.#data.remove(scope, name, version);
  }

  async collectGarbage(scope: DataScope) {
    let versionsDeleted = 0;
    let bytesReclaimed = 0;
    for (const { metadata: { name } } of await this.#data.list(scope)) {
      if (await this.#data.latestIsDamaged(scope, name)) continue;
      const surplus = surplusVersions(await this.#data.history(scope, name), Date.now());
      const versions = surplus.map(({ metadata: { version } }) => version);
      if (versions.length === 0) continue;
      await this.#rules.removing?.([{ scope, name, versions }]);
      for (const version of versions) await this.#data.remove(scope, name, version);
      versionsDeleted += versions.length;
      bytesReclaimed += surplus.reduce((sum, { metadata: { size = 0 } }) => sum + size, 0);
    }
    return { versionsDeleted, bytesReclaimed };
  }

  async #reserved(scope: DataScope, added: NewData): Promise<AllocatedVersion> {
    const { tags = {} } = added;
    const accepted = { ...added, tags: this.#rules.tagging?.(tags) ?? tags };
    return await allocated(this.#data, scope, accepted);
  }

  #stored(data: NewData, content: Uint8Array): Uint8Array {
    return this.#rules.storing?.(data, content) ?? content;
  }
}

function keyOf({ type, modelId }: DataScope, name: string, version: number): string {
  return JSON.stringify([type, modelId, name, version]);
}

function scopeOf(type: unknown, modelId: string): DataScope {
  return { type: typeNameOf(type), modelId };
}

/** Reserves the next version for data that are as they must be. */
async function allocated(
  data: DataStore,
  scope: DataScope,
  added: NewData,
): Promise<AllocatedVersion> {
  const metadata = newMetadata(scope, added);
  const existing = await data.get(scope, added.name);
  if (existing !== undefined) {
    requireSameOwner(added.name, existing.metadata.ownerDefinition, metadata.ownerDefinition);
  }
  return { pending: await data.reserve(scope, added.name), metadata };
}

function newMetadata({ modelId }: DataScope, added: NewData): NewMetadata {
  const { name, lifetime = "infinite", garbageCollection = 10, tags = {} } = added;
  if (!isLifetime(lifetime)) {
    throw new UserError("invalid_lifetime", `lifetime of "${name}": ${DURATION_TEXT}`);
  }
  const problem = garbageCollectionProblem(garbageCollection);
  if (problem !== undefined) {
    throw new UserError("invalid_garbage_collection", `garbageCollection of "${name}": ${problem}`);
  }
  if (Object.values(tags).some((value) => typeof value !== "string")) {
    throw new UserError("invalid_tags", `tags of "${name}" must be a map of strings`);
  }
  return {
    id: added.id ?? crypto.randomUUID(),
    contentType: added.contentType ?? "application/octet-stream",
    lifetime: storedLifetime(lifetime),
    garbageCollection,
    streaming: added.streaming ?? false,
    tags: { type: "file", ...tags },
    ownerDefinition: added.ownerDefinition ?? methodOwner(modelId),
    ...(added.lifecycle === "deleted" ? { lifecycle: added.lifecycle } : {}),
  };
}

function notAllocated(name: string, version: number): never {
  throw new UserError("not_allocated", `Version ${version} of "${name}" was not allocated`);
}
