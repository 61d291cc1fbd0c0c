/**
 * Reports that were kept (contract: cli-automation 7): data with tag `type: report`, whatever became of
 * the model and of the report's code.
 *
 * @module
 */
import type {
  CatalogField,
  CatalogRow,
  DataCatalog,
  FieldEquality,
} from "../../domain/data/data_catalog.ts";
import { closestName } from "../../domain/closest.ts";
import { UserError } from "../../domain/errors.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ReportScope } from "../../domain/reports/report.ts";
import { REPORT_CONTENT_TYPES, WORKFLOW_SCOPE_TYPE } from "../../domain/reports/report_data.ts";

/** One version of a report that was kept. */
export interface StoredReport {
  readonly reportName: string;
  readonly reportScope: ReportScope;
  /** Id of the model, or of the workflow for reports of scope `workflow`. */
  readonly modelId: string;
  /** The present name, or the last known one of a model that is gone. */
  readonly modelName: string;
  /** Normalised; `workflow` for reports of scope `workflow`. */
  readonly modelType: string;
  readonly version: number;
  readonly createdAt: string;
  /** The workflow that was reported on, or whose step the method was. */
  readonly workflowName?: string;
  /** Name of the data with the Markdown. */
  readonly dataName: string;
  readonly varySuffix?: string;
}

/** What finding stored reports needs. */
export interface StoredReportsDependencies {
  readonly catalog: DataCatalog;
  readonly definitions: DefinitionStore;
}

/** Which reports are wanted; what is left out does not restrict. */
export interface ReportPlace {
  /** Name or id of a model. */
  readonly model?: string | undefined;
  /** Name or id of a workflow. */
  readonly workflow?: string | undefined;
}

const FIELDS: readonly CatalogField[] = [
  ...["version", "createdAt", "modelName", "dataType", "contentType", "lifecycle"] as const,
  ...["renamedTo", "tags"] as const,
];

const IS_REPORT: readonly FieldEquality[] = [{ field: "dataType", value: "report" }];

/** So often reports are looked for anew when files turn out to have changed meanwhile. */
const MOST_ATTEMPTS = 3;

/** The latest version of every report, one for each model and variant, the newest first. */
export async function storedReports(
  { catalog, definitions }: StoredReportsDependencies,
): Promise<StoredReport[]> {
  await catalog.refresh();
  const rows = await reportRows(catalog);
  if (rows.length === 0) return [];
  const listing = await definitions.list();
  const names = new Map(listing.definitions.map(({ definition: { id, name } }) => [id, name]));
  return rows.map((row) => storedReport(row, names.get(row.modelId))).sort(newestFirst);
}

/**
 * The reports of a model or of a workflow. A model that is gone is known by its id and by the name that
 * it had.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`
 */
export async function reportsOf(
  { definitions }: StoredReportsDependencies,
  { model, workflow }: ReportPlace,
  reports: readonly StoredReport[],
): Promise<StoredReport[]> {
  const ofWorkflow = workflow === undefined
    ? [...reports]
    : reports.filter((report) => isOfWorkflow(report, workflow));
  if (model === undefined) return ofWorkflow;
  const found = (await definitions.lookup(model))?.definition.id;
  const isWanted = ({ modelId, modelName, modelType }: StoredReport) =>
    modelType !== WORKFLOW_SCOPE_TYPE &&
    (found === undefined ? modelId === model || modelName === model : modelId === found);
  // Its failure is that of every command that is given a model.
  if (found === undefined && !reports.some(isWanted)) await definitions.find(model);
  return ofWorkflow.filter(isWanted);
}

/** The failure for a report that is not there, with what was probably meant. */
export function reportNotFound(
  message: string,
  name: string,
  reports: readonly StoredReport[],
): UserError {
  const names = [...new Set(reports.map(({ reportName }) => reportName))];
  const meant = names.includes(name) ? undefined : closestName(name, names);
  const hint = meant === undefined
    ? "'swamp report search' lists the reports that were kept."
    : `Did you mean "${meant}"?`;
  return new UserError("report_not_found", message, { fields: { hint } });
}

function isOfWorkflow({ modelId, modelType, workflowName }: StoredReport, wanted: string): boolean {
  return workflowName === wanted || (modelType === WORKFLOW_SCOPE_TYPE && modelId === wanted);
}

/** Rows of the Markdown of all reports, after a look at their files. */
async function reportRows(catalog: DataCatalog): Promise<readonly CatalogRow[]> {
  for (let attempt = 1;; attempt++) {
    const rows = (await catalog.rows(FIELDS, IS_REPORT)).filter(isReport);
    const confirmed = await catalog.confirmed(rows);
    if (confirmed !== undefined) return confirmed;
    if (attempt === MOST_ATTEMPTS) return rows;
  }
}

function isReport({ dataType, contentType, lifecycle, renamedTo, tags }: CatalogRow): boolean {
  return dataType === "report" && contentType === REPORT_CONTENT_TYPES.markdown &&
    lifecycle === "active" && renamedTo === "" && tags?.reportName !== undefined;
}

function storedReport(row: CatalogRow, presentName: string | undefined): StoredReport {
  const { modelType, modelId, name: dataName, version = 0, createdAt = "", tags = {} } = row;
  const isWorkflow = modelType === WORKFLOW_SCOPE_TYPE;
  const modelName = isWorkflow
    ? tags.workflow ?? modelId
    : presentName ?? tags.modelName ?? row.modelName ?? modelId;
  const workflowName = isWorkflow ? modelName : tags.workflow;
  return {
    reportName: tags.reportName!,
    reportScope: tags.reportScope as ReportScope,
    ...{ modelId, modelName, modelType, version, createdAt },
    ...(workflowName === undefined ? {} : { workflowName }),
    dataName,
    ...(tags.varySuffix === undefined ? {} : { varySuffix: tags.varySuffix }),
  };
}

function newestFirst(a: StoredReport, b: StoredReport): number {
  return Date.parse(b.createdAt) - Date.parse(a.createdAt) ||
    compare(a.modelName, b.modelName) || compare(a.dataName, b.dataName);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
