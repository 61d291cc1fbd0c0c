/**
 * What is measured and what we aim at (design/performance.md). Times are multiples of F, the time
 * that deno takes to run an empty script on the same machine at the same time.
 *
 * @module
 */
import type { Measurement } from "./multiples.ts";

/** What a number counts. */
export type Unit = "F" | "bytes" | "ratio";

/** Something to measure. */
export interface Goal {
  readonly title: string;
  readonly unit: Unit;
  /** The largest number that is good enough, if one was agreed on. */
  readonly limit?: number;
  /** The largest number of bytes of memory that is good enough. */
  readonly memoryLimit?: number;
}

const MIB = 1024 * 1024;

/** Everything that is measured, in the order of the report. */
export const GOALS = {
  version: { title: "version", unit: "F", limit: 1.8, memoryLimit: 60 * MIB },
  search: { title: "model type search vpc", unit: "F", limit: 3, memoryLimit: 65 * MIB },
  describe: { title: "model type describe", unit: "F", limit: 3, memoryLimit: 65 * MIB },
  get: { title: "model get", unit: "F", limit: 3, memoryLimit: 65 * MIB },
  run: { title: "model method run, without its command", unit: "F", limit: 6 },
  awsRun: { title: "model method run of an AWS type, refused", unit: "F", limit: 12 },
  dataGet: { title: "data get", unit: "F" },
  freshness: { title: "finding that nothing changed, in it", unit: "F", limit: 0.25 },
  loadType: { title: "loading one AWS type, in it", unit: "F", limit: 5 },
  catalogLost: {
    title: "catalog deleted, then search",
    unit: "F",
    limit: 8,
    memoryLimit: 100 * MIB,
  },
  cold: { title: "first index, npm packages cached", unit: "F", limit: 100 },
  edited: { title: "one source edited, then search", unit: "F", limit: 20 },
  bundles: { title: "bundles on disk", unit: "bytes", limit: 5e6 },
  localSearch: { title: "search, most local types ÷ fewest", unit: "ratio", limit: 1.5 },
  localGet: { title: "model get, most local types ÷ fewest", unit: "ratio", limit: 1.1 },
  localMemory: { title: "memory of search, most local ÷ fewest", unit: "ratio", limit: 1.1 },
  installedSearch: { title: "search, most installed types ÷ fewest", unit: "ratio", limit: 1.5 },
  installedGet: { title: "model get, most installed types ÷ fewest", unit: "ratio", limit: 1.1 },
  installedMemory: {
    title: "memory of search, most installed ÷ fewest",
    unit: "ratio",
    limit: 1.1,
  },
  modelSearch: { title: "model search, 10,000 definitions", unit: "F", limit: 15 },
  modelGetScale: { title: "model get, 10,000 ÷ 10 definitions", unit: "ratio", limit: 1.3 },
  queryFields: { title: "data query by model, 10,000 names", unit: "F", limit: 10 },
  queryAll: { title: "data query that all 10,000 names meet", unit: "F", limit: 10 },
  queryAttributes: { title: "data query by attribute, 10,000 names", unit: "F", limit: 10 },
} as const satisfies Record<string, Goal>;

/** A row of the report. */
export type GoalName = keyof typeof GOALS;

/** What was measured. Rows that were left out are missing. */
export type Measurements = Partial<Record<GoalName, Measurement>>;
