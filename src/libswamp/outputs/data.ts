import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type { StoredRun } from "../../domain/models/run_history.ts";
import type { DataArtifact } from "../../domain/models/run_record.ts";
import { decodedContent } from "../data/decoded_content.ts";
import { findRun, type FindRunDependencies, OUTPUT_ID_TEXTS } from "./find_run.ts";
import { modelNameOf } from "./model_names.ts";

/** Content beyond this size is not put into a document. */
const SHOWN_BYTES = 256 * 1024 * 1024;

/** What showing the data of a run needs. */
export interface OutputDataDependencies extends FindRunDependencies {
  readonly data: DataStore;
}

/** Which data of which run. */
export interface OutputDataRequest {
  /** Id of a run, the beginning of one, or a model for its latest run. */
  readonly run: string;
  /** Name of the data; what a run has to offer if left out. */
  readonly name?: string | undefined;
  /** Only this member of the data. */
  readonly field?: string | undefined;
  /** Another version than the one that the run wrote. */
  readonly version?: number | undefined;
}

/** JSON document of `model output data` (contract: cli-core 8.4). */
export interface OutputDataDocument {
  readonly outputId: string;
  readonly methodName: string;
  readonly dataId: string;
  readonly dataName: string;
  readonly version: number;
  readonly contentType: string;
  readonly field: string | null;
  /** The value of the field, or all of the content: parsed JSON, text, or base64. */
  readonly data: unknown;
  /** Present when the content is neither JSON nor UTF-8. */
  readonly contentEncoding?: "base64";
}

/**
 * The content of something that a run wrote, whether its definition still exists or not.
 *
 * @throws {UserError} `output_not_found`, `ambiguous_output`, `ambiguous_model`,
 * `artifact_not_found`, `data_not_found`, `content_missing`, `content_too_large`, `field_not_found`.
 */
export async function outputData(
  dependencies: OutputDataDependencies,
  { run: argument, name, field, version }: OutputDataRequest,
): Promise<OutputDataDocument> {
  const run = await findRun(dependencies, argument, OUTPUT_ID_TEXTS);
  const artifact = chosenArtifact(run, name);
  const stored = await storedVersion(dependencies, run, artifact, version);
  const { metadata } = stored;
  const { content, contentEncoding } = await contentOf(dependencies.data, stored);
  return {
    outputId: run.record.id,
    methodName: run.record.methodName,
    dataId: metadata.id,
    dataName: metadata.name,
    version: metadata.version,
    contentType: metadata.contentType,
    field: field ?? null,
    data: field === undefined ? content : fieldOf(content, field),
    ...(contentEncoding === undefined ? {} : { contentEncoding }),
  };
}

function chosenArtifact({ record }: StoredRun, name: string | undefined): DataArtifact {
  const artifacts = record.artifacts.dataArtifacts;
  const [first] = artifacts;
  if (first === undefined) {
    throw new UserError(
      "artifact_not_found",
      `Data artifacts not found: Output ${record.id} has no data artifacts. ` +
        `Status: ${record.status}, Method: ${record.methodName}`,
    );
  }
  if (name === undefined) return artifacts.find(({ tags }) => tags?.type === "data") ?? first;
  const named = artifacts.findLast((artifact) => artifact.name === name);
  if (named !== undefined) return named;
  const available = [...new Set(artifacts.map((artifact) => artifact.name))].join(", ");
  throw new UserError(
    "artifact_not_found",
    `Data artifact not found: "${name}". Available: ${available}`,
  );
}

async function storedVersion(
  { data, definitions }: OutputDataDependencies,
  run: StoredRun,
  artifact: DataArtifact,
  version = artifact.version,
): Promise<StoredData> {
  const scope = { type: run.type, modelId: run.record.definitionId };
  const stored = await data.get(scope, artifact.name, version);
  if (stored !== undefined) return stored;
  const model = await modelNameOf(definitions, run) ?? scope.modelId;
  throw new UserError(
    "data_not_found",
    `Data not found: "${artifact.name}" (v${version}) for model "${model}"`,
  );
}

async function contentOf(data: DataStore, stored: StoredData) {
  const { name, version, size = 0, contentType } = stored.metadata;
  if (size > SHOWN_BYTES) {
    throw new UserError(
      "content_too_large",
      `Content of "${name}" (v${version}) is too large to be shown; it is in ${stored.contentPath}`,
    );
  }
  const bytes = await data.content(stored);
  if (bytes !== undefined) return decodedContent(bytes, contentType);
  throw new UserError("content_missing", `Data content not found: "${name}" (v${version})`);
}

/** A member by its name, or by a path of names with dots between them. */
function fieldOf(content: unknown, field: string): unknown {
  if (!isMap(content)) {
    throw new UserError(
      "field_not_found",
      `Cannot extract field "${field}": data is not a JSON object`,
    );
  }
  if (Object.hasOwn(content, field)) return content[field];
  let value: unknown = content;
  for (const key of field.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) {
      throw new UserError(
        "field_not_found",
        `Field not found: "${field}" in data artifact. ` +
          `Available fields: ${Object.keys(content).join(", ")}`,
      );
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
