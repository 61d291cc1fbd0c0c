import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";

/** The types of data that come first, in this order; others follow by name. */
const FIRST_TYPES = ["log", "file", "resource", "data"];

/** One piece of data in a list. */
export interface DataItem {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly contentType: string;
  readonly type: string;
  readonly streaming: boolean;
  readonly size?: number;
  readonly createdAt: string;
  readonly lifecycle: "active" | "deleted";
  readonly renamedTo?: string;
}

/** Data of one type. */
export interface DataGroup {
  readonly type: string;
  /** Sorted by name. */
  readonly items: readonly DataItem[];
}

/** JSON document of `data list` (contract: cli-core 9.2). */
export interface DataListDocument {
  readonly modelId: string;
  readonly modelName: string;
  readonly modelType: string;
  readonly groups: readonly DataGroup[];
  /** Number of items listed. */
  readonly total: number;
  /** Number of deleted items that are left out; absent when there are none. */
  readonly hidden?: number;
}

/** What `data list` needs. */
export interface ListDataDependencies {
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
}

/** Which data to list. */
export interface ListDataRequest {
  /** Name or id of the model. */
  readonly model: string;
  /** Only data of this type. */
  readonly type?: string | undefined;
  /** Deleted data too. */
  readonly all: boolean;
}

/**
 * The latest version of each piece of data of a model.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`.
 */
export async function listData(
  { definitions, data }: ListDataDependencies,
  { model, type, all }: ListDataRequest,
): Promise<DataListDocument> {
  const { definition } = await definitions.find(model);
  const stored = await data.list({ type: definition.type, modelId: definition.id });
  const ofType = stored.map(dataItem).filter((item) => type === undefined || item.type === type);
  const items = ofType.filter((item) => all || item.lifecycle === "active");
  const hidden = ofType.length - items.length;
  return {
    modelId: definition.id,
    modelName: definition.name,
    modelType: definition.type,
    groups: groupsOf(items),
    total: items.length,
    ...(hidden === 0 ? {} : { hidden }),
  };
}

function dataItem({ metadata }: StoredData): DataItem {
  const { id, name, version, contentType, tags, streaming, size, createdAt } = metadata;
  const { lifecycle = "active", renamedTo } = metadata;
  return {
    ...{ id, name, version, contentType, type: tags.type ?? "", streaming },
    ...(size === undefined ? {} : { size }),
    ...{ createdAt, lifecycle },
    ...(renamedTo === undefined ? {} : { renamedTo }),
  };
}

function groupsOf(items: readonly DataItem[]): DataGroup[] {
  const groups = Map.groupBy(items, (item) => item.type);
  return [...groups].map(([type, members]) => ({ type, items: members })).sort((a, b) =>
    rank(a.type) - rank(b.type) || (a.type < b.type ? -1 : 1)
  );
}

function rank(type: string): number {
  const index = FIRST_TYPES.indexOf(type);
  return index < 0 ? FIRST_TYPES.length : index;
}
