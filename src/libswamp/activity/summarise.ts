import type { DataStore } from "../../domain/data/data_store.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { RunHistory, StoredRun } from "../../domain/models/run_history.ts";
import type { RunStatus } from "../../domain/models/run_record.ts";
import { modelNames } from "../outputs/model_names.ts";
import { since } from "../since.ts";
import { type DataActivity, dataActivity } from "./data_activity.ts";

/** How often something was done, and how it ended. What still runs is part of the total only. */
export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  readonly total: number;
}

/** A run in a summary. */
export interface RunSummary {
  readonly id: string;
  readonly definitionId: string;
  readonly startedAt: string;
  readonly durationMs?: number;
  readonly status: RunStatus;
  readonly error?: string;
  readonly triggeredBy: "manual" | "workflow";
}

/** The runs of one method of a model. */
export interface MethodActivity extends Tally {
  readonly method: string;
  /** Newest first. */
  readonly runs: readonly RunSummary[];
}

/** The runs of one model's methods. */
export interface ModelActivity extends Tally {
  readonly modelName: string;
  readonly type: string;
  /** Sorted by name. */
  readonly methods: readonly MethodActivity[];
}

/** JSON document of `summarise` (contract: cli-core 10). */
export interface ActivityDocument {
  readonly since: string;
  /** Sorted by the model's name. */
  readonly methodExecutions: readonly ModelActivity[];
  /** There are no workflows yet. */
  readonly workflows: readonly [];
  readonly data: DataActivity;
  /** Present when nothing was done. */
  readonly message?: string;
}

/** What summarising needs. */
export interface SummariseDependencies {
  readonly definitions: DefinitionStore;
  readonly history: RunHistory;
  readonly data: DataStore;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What was run and written lately, by models of whatever type.
 *
 * @param duration such as `7d`
 * @throws {UserError} `invalid_duration`
 */
export async function summarise(
  { definitions, history, data, now }: SummariseDependencies,
  duration: string,
): Promise<ActivityDocument> {
  const start = since(duration, now);
  const runs = await history.runs({ since: start });
  const nameOf = await modelNames(definitions);
  const methodExecutions = groupsOf(runs, ({ record }) => record.definitionId)
    .map((ofModel): ModelActivity => ({
      modelName: ofModel.map(nameOf).find((name) => name !== undefined) ??
        ofModel[0]!.record.definitionId,
      type: ofModel[0]!.type,
      ...tallyOf(ofModel),
      methods: groupsOf(ofModel, ({ record }) => record.methodName)
        .map(methodActivity).sort((a, b) => compare(a.method, b.method)),
    }))
    .sort((a, b) => compare(a.modelName, b.modelName));
  const written = await dataActivity(data, start);
  const isQuiet = runs.length === 0 && written.totalVersions === 0;
  return {
    since: new Date(start).toISOString(),
    methodExecutions,
    workflows: [],
    data: written,
    ...(isQuiet ? { message: "No activity found." } : {}),
  };
}

function methodActivity(runs: readonly StoredRun[]): MethodActivity {
  return {
    method: runs[0]!.record.methodName,
    ...tallyOf(runs),
    runs: runs.map(({ record }): RunSummary => {
      const { id, definitionId, startedAt, durationMs, status, error, provenance } = record;
      return {
        ...{ id, definitionId, startedAt },
        ...(durationMs === undefined ? {} : { durationMs }),
        status,
        ...(error === undefined ? {} : { error: error.message }),
        triggeredBy: provenance.triggeredBy,
      };
    }),
  };
}

function tallyOf(runs: readonly StoredRun[]): Tally {
  const ended = (status: RunStatus) => runs.filter(({ record }) => record.status === status).length;
  return { succeeded: ended("succeeded"), failed: ended("failed"), total: runs.length };
}

/** The members of each group, in their order. */
function groupsOf<T>(items: readonly T[], key: (item: T) => string): (readonly T[])[] {
  return [...Map.groupBy(items, key).values()];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
