/**
 * Data: what methods write. Every write makes a new, immutable version of a name.
 *
 * @module
 */

/** Who may write further versions of a name. */
export interface DataOwner {
  readonly ownerType: "model-method" | "workflow-step" | "manual";
  readonly ownerRef: string;
  readonly definitionHash?: string;
  readonly workflowId?: string;
  readonly workflowRunId?: string;
}

/** `metadata.yaml` of one version (contract: cli-core 12.3). */
export interface DataMetadata {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly contentType: string;
  readonly lifetime: string;
  readonly garbageCollection: number | string;
  readonly streaming: boolean;
  /** Always has `type`: `resource`, `file`, `log`, `report`, … */
  readonly tags: Readonly<Record<string, string>>;
  readonly ownerDefinition: DataOwner;
  /** UTC ISO 8601 with milliseconds. */
  readonly createdAt: string;
  /** Bytes of the content. */
  readonly size?: number;
  /** SHA-256 of the content, hexadecimal. */
  readonly checksum?: string;
  readonly lifecycle?: "deleted";
  readonly renamedTo?: string;
}

/** Whose data: the normalised type and the id of a definition. */
export interface DataScope {
  readonly type: string;
  readonly modelId: string;
}
