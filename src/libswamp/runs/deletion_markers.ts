/**
 * Deleted resources (contract: authoring 3.6): after a method that deletes, the model's resources carry
 * a last version that says so, and methods that read or update refuse to work on nothing.
 *
 * @module
 */
import type { StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type { MethodRun } from "./method_run.ts";
import { dataHandle, storeBytes } from "./new_version.ts";
import { parsedObject } from "../data/stored_json.ts";
import type { Written } from "./written_data.ts";

/**
 * Refuses to go on when all of the model's resources are deleted.
 *
 * @throws {UserError} `resource_deleted`
 */
export async function requireLivingResources(run: MethodRun): Promise<void> {
  const resources = await resourcesOf(run);
  const [first] = resources;
  if (first === undefined || !resources.every(isDeleted)) return;
  const content = await parsedObject(run.data, first);
  const since = content?.deletedAt ?? first.metadata.createdAt;
  throw new UserError(
    "resource_deleted",
    `Resource '${first.metadata.name}' was deleted at ${since} — ` +
      "run a 'create' method to re-create it first",
  );
}

/**
 * Adds a deletion marker to every living resource of the model. What the method wrote itself is its own
 * last word and stays as it is.
 */
export async function writeDeletionMarkers(run: MethodRun): Promise<readonly Written[]> {
  const rewritten = new Set(run.written.all.map(({ handle }) => handle.name));
  const markers: Written[] = [];
  for (const resource of await resourcesOf(run)) {
    if (isDeleted(resource) || rewritten.has(resource.metadata.name)) continue;
    markers.push(await writeMarker(run, resource));
  }
  return markers;
}

async function writeMarker(run: MethodRun, resource: StoredData): Promise<Written> {
  const { name, size: _size, checksum: _checksum, ...kept } = resource.metadata;
  const content = {
    ...await parsedObject(run.data, resource),
    deletedAt: new Date().toISOString(),
    deletedByMethod: run.methodName,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const stored = await storeBytes(run, name, bytes, { ...kept, lifecycle: "deleted" });
  const { specName = "" } = kept.tags;
  return { handle: dataHandle({ kind: "resource", specName, name }, stored), stored };
}

/** The latest versions of the model's resources, whoever wrote them. */
async function resourcesOf({ data, scope, type }: MethodRun): Promise<StoredData[]> {
  return (await data.list(scope)).filter(({ metadata: { tags } }) =>
    tags.type === "resource" && Object.hasOwn(type.resources, tags.specName ?? "")
  );
}

function isDeleted({ metadata }: StoredData): boolean {
  return metadata.lifecycle === "deleted";
}
