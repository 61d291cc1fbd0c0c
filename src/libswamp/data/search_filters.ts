/**
 * The filters of `data search` (contract: cli-core 9.3, IMP-55).
 *
 * @module
 */
import { closestName } from "../../domain/closest.ts";
import type { DataMetadata } from "../../domain/data/data.ts";
import { isLifetime, LIFETIME_KEYWORDS } from "../../domain/data/lifetime.ts";
import { UserError } from "../../domain/errors.ts";
import { idPrefix } from "../../domain/models/definition_lookup.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { RunHistory } from "../../domain/models/run_history.ts";
import { since } from "../since.ts";
import type { FoundData } from "./search.ts";

/** Conditions that data must meet, all of them; what is left out does not restrict. */
export interface DataFilters {
  readonly type?: string | undefined;
  readonly lifetime?: string | undefined;
  readonly ownerType?: string | undefined;
  readonly contentType?: string | undefined;
  /** Tag `workflow`. */
  readonly workflow?: string | undefined;
  /** Name or id of a model. */
  readonly model?: string | undefined;
  /** A duration such as `7d`: only data written since. */
  readonly since?: string | undefined;
  /** Id of a run of a method, or part of the id of data or of their owner. */
  readonly output?: string | undefined;
  /** Part of the id of a workflow run, or of the owner. */
  readonly run?: string | undefined;
  /** Names and values. */
  readonly tags?: readonly (readonly [name: string, value: string])[];
  readonly streaming?: boolean | undefined;
}

/** What filters are made with. */
export interface FilterDependencies {
  readonly definitions: DefinitionStore;
  readonly history: () => Promise<RunHistory>;
  readonly now: number;
}

/** Whether a piece of data is wanted. */
export type DataFilter = (found: FoundData, metadata: DataMetadata) => boolean;

const OWNER_TYPES = ["model-method", "workflow-step", "manual"];

/** Types that data may have; authors of model types can give files further ones. */
const DATA_TYPES = ["resource", "file", "log", "report", "data"];

/**
 * A filter that lets pass what meets every condition.
 *
 * @throws {UserError} `invalid_argument`, `invalid_duration`, `model_not_found`, `ambiguous_model`.
 */
export async function createDataFilter(
  dependencies: FilterDependencies,
  filters: DataFilters,
): Promise<DataFilter> {
  const { type, lifetime, ownerType, contentType, workflow, model, output, run } = filters;
  const { tags = [], streaming } = filters;
  checkLifetime(lifetime);
  checkOwnerType(ownerType);
  const start = filters.since === undefined ? 0 : since(filters.since, dependencies.now);
  const modelId = model === undefined
    ? undefined
    : (await dependencies.definitions.find(model)).definition.id;
  const written = output === undefined ? new Set() : await dataWritten(dependencies, output);
  const is = (wanted: string | undefined, actual: string | undefined) =>
    wanted === undefined || wanted === actual;
  return (found, { ownerDefinition }) =>
    is(type, found.type) && is(lifetime, found.lifetime) && is(ownerType, found.ownerType) &&
    is(contentType, found.contentType) && is(workflow, found.workflowTag) &&
    is(modelId, found.modelId) && Date.parse(found.createdAt) >= start &&
    (output === undefined || found.ownerRef.includes(output) || found.id.includes(output) ||
      written.has(found.id)) &&
    (run === undefined ||
      [found.ownerRef, ownerDefinition.workflowRunId, found.tags.workflowRunId]
        .some((id) => id?.includes(run))) &&
    tags.every(([name, value]) => found.tags[name] === value) &&
    (streaming !== true || found.streaming);
}

/** The filters in use as text, tags as `tag:<name>`. */
export function filterDocument({ tags = [], ...filters }: DataFilters): Record<string, string> {
  const plain = Object.entries(filters)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => [name, String(value)]);
  const tagged = tags.map(([name, value]) => [`tag:${name}`, value]);
  return Object.fromEntries([...plain, ...tagged]);
}

/** Ids of the versions that the runs with this id, or with an id that begins so, wrote. */
async function dataWritten(
  { history }: FilterDependencies,
  output: string,
): Promise<ReadonlySet<string>> {
  const idDigits = idPrefix(output);
  const runs = idDigits === undefined ? [] : await (await history()).runs({ idDigits });
  return new Set(
    runs.flatMap(({ record }) => record.artifacts.dataArtifacts.map(({ dataId }) => dataId)),
  );
}

/**
 * Refuses a type that swamp does not know and that no data have.
 *
 * @throws {UserError} `invalid_argument`
 */
export function requireKnownType(
  type: string | undefined,
  everything: readonly FoundData[],
): void {
  if (type === undefined) return;
  const known = [...new Set([...DATA_TYPES, ...everything.map((found) => found.type)])];
  if (!known.includes(type)) throw unknownValue("--type", type, known);
}

function checkOwnerType(ownerType: string | undefined): void {
  if (ownerType === undefined || OWNER_TYPES.includes(ownerType)) return;
  throw unknownValue("--owner-type", ownerType, OWNER_TYPES);
}

function checkLifetime(lifetime: string | undefined): void {
  if (lifetime === undefined || isLifetime(lifetime)) return;
  throw unknownValue("--lifetime", lifetime, [...LIFETIME_KEYWORDS, "a duration such as 7d"]);
}

function unknownValue(flag: string, value: string, known: readonly string[]): UserError {
  const meant = closestName(value, known);
  return new UserError(
    "invalid_argument",
    `Invalid value for ${flag}: "${value}". Expected one of: ${known.join(", ")}`,
    meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } },
  );
}
