/**
 * The YAML file of one run (contract: cli-core 12.4, authoring 7.6).
 *
 * @module
 */
import type { DataArtifact, RunRecord, RunStatus } from "../../../domain/models/run_record.ts";
import { parseYaml } from "../yaml_reader.ts";
import { yamlText } from "../yaml_writer.ts";

const STATUSES: readonly string[] = ["pending", "running", "succeeded", "failed"];

/** A record as the text of its file. */
export function formatRunRecord(record: RunRecord): string {
  const { id, definitionId, methodName, status, startedAt, completedAt, durationMs } = record;
  const { retryCount, error, provenance, artifacts, logFile, pid, hostname } = record;
  return yamlText({
    ...{ id, definitionId, methodName, status, startedAt, completedAt, durationMs, retryCount },
    ...{ error, provenance, artifacts, logFile, pid, hostname },
  });
}

/**
 * Reads the text of a record's file.
 *
 * @throws {Error} that says in one line what is wrong.
 */
export async function parseRunRecord(text: string): Promise<RunRecord> {
  const document = await parseYaml(text);
  if (!isMap(document)) throw new Error("must be a YAML map");
  for (const key of ["id", "definitionId", "methodName", "startedAt"]) {
    if (typeof document[key] !== "string") throw new Error(`${key} must be a string`);
  }
  if (!STATUSES.includes(document.status as string)) {
    throw new Error(`status must be one of: ${STATUSES.join(", ")}`);
  }
  const { provenance, error } = document;
  const fields = document as unknown as RunRecord & Record<string, unknown>;
  return {
    ...fields,
    status: document.status as RunStatus,
    retryCount: typeof document.retryCount === "number" ? document.retryCount : 0,
    provenance: isMap(provenance)
      ? provenance as unknown as RunRecord["provenance"]
      : { definitionHash: "", modelVersion: "", triggeredBy: "manual" },
    artifacts: { dataArtifacts: parseArtifacts(document.artifacts) },
    ...(isMap(error) ? { error: { ...error, message: String(error.message ?? "") } } : {}),
  };
}

function parseArtifacts(artifacts: unknown): DataArtifact[] {
  const list = isMap(artifacts) && Array.isArray(artifacts.dataArtifacts)
    ? artifacts.dataArtifacts
    : [];
  return list.filter((artifact) => isMap(artifact) && typeof artifact.name === "string");
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
