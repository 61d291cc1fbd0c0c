import type { DataMetadata } from "../../domain/data/data.ts";
import { dataNameProblem } from "../../domain/data/data_name.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import { decodedContent } from "./decoded_content.ts";
import { findData } from "./find_data.ts";
import { dataNotFound } from "./not_found.ts";

/** Content beyond this size is not put into a document. */
const SHOWN_BYTES = 256 * 1024 * 1024;

/** JSON document of `data get` (contract: cli-core 9.1). */
export interface DataDocument extends Omit<DataMetadata, "lifecycle"> {
  readonly modelId: string;
  readonly modelName: string;
  readonly modelType: string;
  readonly lifecycle: "active" | "deleted";
  /** Relative to the repository, with `/`. */
  readonly contentPath: string;
  /** Parsed JSON, text, or base64. */
  readonly content?: unknown;
  /** Present when the content is neither JSON nor UTF-8. */
  readonly contentEncoding?: "base64";
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
}

/** What `data get` needs. */
export interface GetDataDependencies {
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
  /** A path for people: relative to the repository, with `/`, where it lies inside. */
  readonly relativePath: (path: string) => string;
}

/** Which data to get. */
export interface GetDataRequest {
  /** Name or id of the model. */
  readonly model: string;
  readonly name: string;
  /** The latest version if absent. */
  readonly version?: number | undefined;
  readonly withContent: boolean;
}

/**
 * One version of data with its content.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`, `invalid_data_name`, `data_not_found`.
 */
export async function getData(
  { definitions, data, relativePath }: GetDataDependencies,
  { model, name, version, withContent }: GetDataRequest,
): Promise<DataDocument> {
  const problem = dataNameProblem(name);
  if (problem?.kind === "unsafe") throw new UserError("invalid_data_name", problem.message);
  const { definition } = await definitions.find(model);
  const scope = { type: definition.type, modelId: definition.id };
  const stored = problem === undefined ? await findData(data, scope, name, version) : undefined;
  if (stored === undefined) {
    const message = `Data not found: "${name}" for model "${definition.name}"` +
      (version === undefined ? "" : ` (version ${version})`);
    throw await dataNotFound(data, definition, name, message);
  }
  const { id, name: foundName, lifecycle = "active", renamedTo, ...metadata } = stored.metadata;
  return {
    ...{ id, name: foundName, modelId: definition.id, modelName: definition.name },
    ...{ modelType: definition.type, ...metadata, lifecycle },
    ...(renamedTo === undefined ? {} : { renamedTo }),
    contentPath: relativePath(stored.contentPath),
    ...(withContent ? await contentFields(data, stored) : {}),
  };
}

type ContentFields = Pick<DataDocument, "content" | "contentEncoding" | "warnings">;

async function contentFields(data: DataStore, stored: StoredData): Promise<ContentFields> {
  const { name, contentType, size = 0 } = stored.metadata;
  if (size > SHOWN_BYTES) {
    const message = `Content of "${name}" is too large to be shown; it is in ${stored.contentPath}`;
    return { warnings: [{ code: "content_too_large", message }] };
  }
  const bytes = await data.content(stored);
  if (bytes === undefined) {
    const message = `Content of "${name}" is missing: ${stored.contentPath}`;
    return { warnings: [{ code: "content_missing", message }] };
  }
  const changed = await checksumWarning(stored, bytes);
  return {
    ...decodedContent(bytes, contentType),
    ...(changed === undefined ? {} : { warnings: [changed] }),
  };
}

async function checksumWarning({ metadata, contentPath }: StoredData, bytes: Uint8Array) {
  const { name, version, checksum } = metadata;
  if (checksum === undefined) return undefined;
  const hash = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  if (new Uint8Array(hash).toHex() === checksum) return undefined;
  return {
    code: "checksum_mismatch",
    message: `Content of "${name}" (version ${version}) is not what was written: ${contentPath}`,
  };
}
