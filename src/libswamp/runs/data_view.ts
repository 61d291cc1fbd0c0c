import type { DataMetadata } from "../../domain/data/data.ts";
import type { StoredData } from "../../domain/data/data_store.ts";

/** One version of data as extension code sees it (contract: authoring 2.4). */
export interface DataView extends Omit<DataMetadata, "createdAt" | "lifecycle"> {
  readonly createdAt: Date;
  readonly lifecycle: "active" | "deleted";
  /** Same as the tag `type`. */
  readonly type: string;
  readonly isDeleted: boolean;
  readonly isRenamed: boolean;
}

/** A version somewhere in the repository. */
export interface PlacedData {
  readonly data: DataView;
  readonly modelType: string;
  readonly modelId: string;
}

/** A stored version as extension code sees it. */
export function dataView({ metadata }: StoredData): DataView {
  const lifecycle = metadata.lifecycle ?? "active";
  return {
    ...metadata,
    createdAt: new Date(metadata.createdAt),
    lifecycle,
    type: metadata.tags.type ?? "",
    isDeleted: lifecycle === "deleted",
    isRenamed: metadata.renamedTo !== undefined,
  };
}

/** A stored version together with whose it is. */
export function placedData(stored: StoredData): PlacedData {
  const { type: modelType, modelId } = stored.scope;
  return { data: dataView(stored), modelType, modelId };
}

/** As {@linkcode dataView}, `null` where there is nothing. */
export function viewOrNull(stored: StoredData | undefined): DataView | null {
  return stored === undefined ? null : dataView(stored);
}
