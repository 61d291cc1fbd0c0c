/**
 * Writing a new version of data on behalf of a method: what both resources and files need.
 *
 * @module
 */
import type { DataMetadata } from "../../domain/data/data.ts";
import { dataNameProblem } from "../../domain/data/data_name.ts";
import type { NewMetadata, PendingVersion, StoredData } from "../../domain/data/data_store.ts";
import {
  DURATION_TEXT,
  garbageCollectionProblem,
  isLifetime,
  storedLifetime,
} from "../../domain/data/lifetime.ts";
import { methodOwner, requireSameOwner } from "../../domain/data/ownership.ts";
import { dataTags } from "../../domain/data/tags.ts";
import { UserError } from "../../domain/errors.ts";
import type { DataOverrides } from "../../domain/models/method_context.ts";
import type { DataHandle, FileSpec, ResourceSpec } from "../../domain/models/model_type.ts";
import type { MethodRun } from "./method_run.ts";

/** What kind of data is written, under which spec and name. */
export interface DataTarget {
  readonly kind: "resource" | "file";
  readonly specName: string;
  readonly name: string;
}

/**
 * The spec that a target names.
 *
 * @throws {UserError} `undeclared_spec`
 */
export function declaredSpec(
  run: MethodRun,
  { kind, specName }: DataTarget,
): ResourceSpec | FileSpec {
  const specs: Readonly<Record<string, ResourceSpec | FileSpec>> = kind === "resource"
    ? run.type.resources
    : run.type.files;
  if (Object.hasOwn(specs, specName)) return specs[specName]!;
  const declared = Object.keys(specs).join(", ") || "(none)";
  throw new UserError(
    "undeclared_spec",
    `Undeclared ${kind} spec '${specName}' in model '${run.type.type}'. ` +
      `Declared ${kind} specs: ${declared}`,
  );
}

/**
 * Refuses names under which no data can be stored, with the texts of the contract.
 *
 * @throws {UserError} `invalid_data_name`
 */
export function requireUsableName(run: MethodRun, { kind, specName, name }: DataTarget): void {
  const problem = typeof name === "string" ? dataNameProblem(name) : EMPTY;
  if (problem === undefined) return;
  const texts = {
    empty:
      `${kind === "resource" ? "Resource" : "File"} name must be a non-empty string for spec ` +
      `'${specName}' in model '${run.type.type}'`,
    reserved: `Data name '${name}' is reserved for internal use in model '${run.type.type}'. ` +
      "Use a different name.",
    unsafe: problem.message,
    too_long: problem.message,
  };
  throw new UserError("invalid_data_name", texts[problem.kind]);
}

const EMPTY = { kind: "empty", message: "" } as const;

/**
 * Metadata of a new version: the spec's settings, overridden by what the method says.
 *
 * @throws {UserError} `invalid_lifetime`, `invalid_garbage_collection`
 */
export function newMetadata(
  run: MethodRun,
  { kind, specName, name }: DataTarget,
  spec: FileSpec,
  overrides: DataOverrides,
): NewMetadata {
  const lifetime = overrides.lifetime ?? spec.lifetime;
  if (!isLifetime(lifetime)) {
    throw new UserError("invalid_lifetime", `lifetime of "${name}": ${DURATION_TEXT}`);
  }
  const garbageCollection = overrides.garbageCollection ?? spec.garbageCollection;
  const problem = garbageCollectionProblem(garbageCollection);
  if (problem !== undefined) {
    throw new UserError("invalid_garbage_collection", `garbageCollection of "${name}": ${problem}`);
  }
  return {
    id: crypto.randomUUID(),
    contentType: overrides.contentType ?? spec.contentType,
    lifetime: storedLifetime(lifetime),
    garbageCollection,
    streaming: overrides.streaming ?? spec.streaming ?? false,
    tags: dataTags({
      kind,
      specName,
      modelName: run.definition.name,
      definition: run.definition.tags,
      spec: spec.tags ?? {},
      // Tags are kept in plain text.
      overrides: run.redactor.redactData(overrides.tags ?? {}),
      runtime: run.tags,
    }),
    ownerDefinition: methodOwner(run.definition.id),
  };
}

/** Writes `bytes` as the next version of a name of the run's model. */
export async function storeBytes(
  run: MethodRun,
  name: string,
  bytes: Uint8Array,
  metadata: NewMetadata,
): Promise<StoredData> {
  return await storeVersion(run, name, metadata, (_pending, write) => write(bytes));
}

/** Makes the content of a reserved version and gives it to `write`. */
export type VersionContent = (
  pending: PendingVersion,
  write: (bytes: Uint8Array) => Promise<StoredData>,
) => Promise<StoredData>;

/**
 * Writes the next version of a name of the run's model. Where that fails, or making the content does,
 * nothing is left of the version.
 *
 * @param content may undo what it did beside when `write` rejects.
 */
export async function storeVersion(
  run: MethodRun,
  name: string,
  metadata: NewMetadata,
  content: VersionContent,
): Promise<StoredData> {
  await requireOwnName(run, name, metadata.ownerDefinition);
  const pending = await run.data.reserve(run.scope, name);
  try {
    return await content(pending, async (bytes) => {
      const writer = (await run.data.openContent(pending)).getWriter();
      await writer.write(bytes);
      await writer.close();
      return await run.data.publish(pending, metadata);
    });
  } catch (error) {
    await run.data.discard(pending).catch(() => {});
    throw error;
  }
}

/** @throws {UserError} `ownership_conflict` when somebody else owns the name. */
export async function requireOwnName(
  run: MethodRun,
  name: string,
  owner: DataMetadata["ownerDefinition"],
): Promise<void> {
  const existing = await run.data.get(run.scope, name);
  if (existing !== undefined) requireSameOwner(name, existing.metadata.ownerDefinition, owner);
}

/** What a method gets for a version that it wrote. */
export function dataHandle({ kind, specName, name }: DataTarget, stored: StoredData): DataHandle {
  const { id, version, size = 0, tags, contentType, lifetime, garbageCollection, streaming } =
    stored.metadata;
  const { ownerType, ownerRef } = stored.metadata.ownerDefinition;
  return {
    name,
    specName,
    kind,
    dataId: id,
    version,
    size,
    tags,
    metadata: {
      contentType,
      lifetime,
      garbageCollection,
      streaming,
      tags,
      ownerDefinition: { ownerType, ownerRef },
    },
  };
}
