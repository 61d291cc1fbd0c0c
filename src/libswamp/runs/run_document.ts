import type { DataStore } from "../../domain/data/data_store.ts";
import { isJsonType, parsedObject } from "../data/stored_json.ts";
import type { ReportResult } from "../reports/report_result.ts";
import type { RunWarning } from "./method_run.ts";
import type { Written } from "./written_data.ts";

/** A version of data in the result of a run. */
export interface ArtifactDocument {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** Absolute path of the version's folder. */
  readonly path: string;
  /** Present where the version says that the data is deleted. */
  readonly lifecycle?: "deleted";
  /** The content, if it is a JSON map. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** JSON document of `model method run` (contract: cli-core 7.2). */
export interface RunDocument {
  readonly modelId: string;
  readonly modelName: string;
  readonly modelType: string;
  readonly methodName: string;
  readonly status: "succeeded" | "failed";
  /** Milliseconds. */
  readonly duration: number;
  readonly outputId: string;
  /** Absolute path. */
  readonly logFile: string;
  readonly dataArtifacts: readonly ArtifactDocument[];
  /** By name; absent when no reports were wanted. */
  readonly reports?: Readonly<Record<string, ReportResult>>;
  readonly warnings?: readonly RunWarning[];
}

/** Artifacts as the result of a run shows them. */
export async function artifactDocuments(
  data: DataStore,
  written: readonly Written[],
): Promise<ArtifactDocument[]> {
  return await Promise.all(written.map(async ({ stored }) => {
    const { metadata: { id, name, version, contentType, lifecycle }, path } = stored;
    const attributes = isJsonType(contentType) ? await parsedObject(data, stored) : undefined;
    return {
      ...{ id, name, version, path },
      ...(lifecycle === "deleted" ? { lifecycle } : {}),
      ...(attributes === undefined ? {} : { attributes }),
    };
  }));
}
