import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import { normalizeProviderName } from "../../domain/extensions/type_name.ts";
import {
  isOfReport,
  reportJsonName,
  WORKFLOW_SCOPE_TYPE,
} from "../../domain/reports/report_data.ts";
import { parsedObject } from "../data/stored_json.ts";
import {
  reportNotFound,
  type ReportPlace,
  reportsOf,
  type StoredReport,
  storedReports,
  type StoredReportsDependencies,
} from "./stored_reports.ts";

/** What getting a report needs. */
export interface GetReportDependencies extends StoredReportsDependencies {
  readonly data: DataStore;
}

/** Which report is wanted. */
export interface GetReportRequest extends ReportPlace {
  readonly name: string;
  /** The latest version if absent. */
  readonly version?: number | undefined;
  readonly variant?: string | undefined;
}

/** JSON document of `report get` (contract: cli-automation 7). */
export interface StoredReportDocument extends StoredReport {
  readonly markdown: string;
  /** `null` where it is missing or damaged. */
  readonly json: Readonly<Record<string, unknown>> | null;
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
}

/**
 * A report that was kept, with its content.
 *
 * @throws {UserError} `report_not_found`, `ambiguous_report`, `model_not_found`, `ambiguous_model`.
 */
export async function getReport(
  dependencies: GetReportDependencies,
  { name, version, variant, ...place }: GetReportRequest,
): Promise<StoredReportDocument> {
  const all = await storedReports(dependencies);
  const normalized = normalizeProviderName(name);
  const named = (await reportsOf(dependencies, place, all))
    .filter(({ reportName }) => reportName === normalized);
  const found = theOnly(named, variant);
  if (found === undefined) throw reportNotFound(`Report not found: ${name}`, normalized, all);
  return await content(dependencies.data, found, version);
}

/** @throws {UserError} `ambiguous_report` */
function theOnly(
  reports: readonly StoredReport[],
  variant: string | undefined,
): StoredReport | undefined {
  const wanted = variant === undefined
    ? reports
    : reports.filter(({ varySuffix }) => varySuffix === variant);
  const [first] = wanted;
  if (first === undefined) return undefined;
  if (wanted.some(({ modelId }) => modelId !== first.modelId)) {
    const places = [...new Set(wanted.map((report) => placeText(report, wanted)))];
    throw ambiguous(
      `Report "${first.reportName}" exists in multiple locations: ${places.join(", ")}. ` +
        "Use --model or --workflow to disambiguate.",
    );
  }
  const plain = wanted.find(({ varySuffix }) => varySuffix === undefined);
  if (plain !== undefined || wanted.length === 1) return plain ?? first;
  const variants = wanted.map(({ varySuffix }) => varySuffix).sort();
  throw ambiguous(
    `Report "${first.reportName}" exists in several variants: ${variants.join(", ")}. ` +
      "Use --variant to choose one.",
  );
}

/** Where a report is; with the id if another place has the same name. */
function placeText(report: StoredReport, all: readonly StoredReport[]): string {
  const { modelId, modelName } = report;
  const isUnique = all.every((other) => other.modelId === modelId || other.modelName !== modelName);
  const kind = report.modelType === WORKFLOW_SCOPE_TYPE ? "workflow" : "model";
  return `${kind}:${modelName}${isUnique ? "" : ` (${modelId})`}`;
}

function ambiguous(message: string): UserError {
  return new UserError("ambiguous_report", message);
}

async function content(
  data: DataStore,
  report: StoredReport,
  version: number | undefined,
): Promise<StoredReportDocument> {
  const { reportName, varySuffix, modelType, modelId, dataName } = report;
  const scope = { type: modelType, modelId };
  const isOfIt = ({ metadata }: StoredData) =>
    isOfReport(metadata.tags, {
      name: reportName,
      ...(varySuffix === undefined ? {} : { varySuffix }),
    });
  const stored = await data.get(scope, dataName, version ?? report.version);
  if (stored === undefined || !isOfIt(stored)) {
    throw await versionNotFound(data, report, version ?? report.version);
  }
  const bytes = await data.content(stored);
  const json = await jsonOf(data, stored, isOfIt);
  const { metadata: { version: shown, createdAt } } = stored;
  const missing = [...bytes === undefined ? ["Markdown"] : [], ...json === null ? ["JSON"] : []];
  return {
    ...report,
    ...{ version: shown, createdAt },
    markdown: new TextDecoder().decode(bytes),
    json,
    ...(missing.length === 0 ? {} : {
      warnings: missing.map((form) => ({
        code: "content_missing",
        message: `The ${form} of report "${reportName}" version ${shown} is missing or damaged`,
      })),
    }),
  };
}

/**
 * The JSON that was written with a version of the Markdown. The two have the same number, unless one of
 * them could not be written at some time; then it is the one that was written at nearly the same time.
 */
async function jsonOf(
  data: DataStore,
  { scope, metadata }: StoredData,
  isOfIt: (stored: StoredData) => boolean,
): Promise<Readonly<Record<string, unknown>> | null> {
  const name = reportJsonName(metadata.name);
  const distance = (stored: StoredData) =>
    Math.abs(Date.parse(stored.metadata.createdAt) - Date.parse(metadata.createdAt));
  const twin = await data.get(scope, name, metadata.version);
  const isNear = twin !== undefined && distance(twin) <= NEAR_MILLISECONDS;
  const candidates = isNear ? [twin] : await data.history(scope, name);
  const [nearest] = candidates.filter(isOfIt).sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined || distance(nearest) > FAR_MILLISECONDS) return null;
  return await parsedObject(data, nearest) ?? null;
}

/** Both forms of one report are written within this time. */
const NEAR_MILLISECONDS = 1_000;
/** What lies further apart does not belong together. */
const FAR_MILLISECONDS = 60_000;

async function versionNotFound(
  data: DataStore,
  { reportName, modelType, modelId, dataName }: StoredReport,
  version: number,
): Promise<UserError> {
  const versions = await data.versions({ type: modelType, modelId }, dataName);
  return new UserError("report_not_found", `Report not found: "${reportName}" version ${version}`, {
    fields: { hint: `Versions that were kept: ${versions.join(", ")}` },
  });
}
