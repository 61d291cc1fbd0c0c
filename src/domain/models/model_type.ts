import type { MethodContext } from "./method_context.ts";
import type { ValueSchema } from "./value_schema.ts";

/** What an author's method gives back; only `dataHandles` is read. */
export interface MethodResult {
  readonly dataHandles?: readonly DataHandle[];
}

/** A reference to one version of data that a method wrote (contract: authoring 2.2). */
export interface DataHandle {
  readonly name: string;
  readonly specName: string;
  readonly kind: "resource" | "file";
  readonly dataId: string;
  readonly version: number;
  /** Size of the content in bytes. */
  readonly size: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: {
    readonly contentType: string;
    readonly lifetime: string;
    readonly garbageCollection: number | string;
    readonly streaming: boolean;
    readonly tags: Readonly<Record<string, string>>;
    readonly ownerDefinition: { readonly ownerType: string; readonly ownerRef: string };
  };
}

/** A method of a model type. */
export interface MethodDefinition {
  readonly description: string;
  readonly kind?: "create" | "read" | "update" | "delete" | "list" | "action";
  readonly arguments: ValueSchema;
  readonly execute: (
    args: Record<string, unknown>,
    context: MethodContext,
  ) => Promise<MethodResult | undefined | null>;
}

/** A pre-flight check of a model type. */
export interface CheckDefinition {
  readonly description: string;
  readonly labels?: readonly string[];
  readonly appliesTo?: readonly string[];
  readonly execute: (
    context: Partial<MethodContext>,
  ) => Promise<{ pass: boolean; errors?: string[] }>;
}

/** JSON data that methods of a type may write. */
export interface ResourceSpec {
  readonly schema: ValueSchema;
  readonly lifetime: string;
  readonly garbageCollection: number | string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sensitiveOutput?: boolean;
  readonly vaultName?: string;
}

/** Text or binary data that methods of a type may write. */
export interface FileSpec {
  readonly contentType: string;
  readonly lifetime: string;
  readonly garbageCollection: number | string;
  readonly description?: string;
  readonly streaming?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A step that brings global arguments of an older type version up to date. */
export interface UpgradeDefinition {
  readonly toVersion: string;
  readonly description: string;
  readonly upgradeAttributes: (old: Record<string, unknown>) => Record<string, unknown>;
}

/** A loaded model type with every extension of it merged in (contract: authoring 1.1). */
export interface ModelType {
  /** Type name as the author wrote it. */
  readonly raw: string;
  /** Normalised type name. */
  readonly type: string;
  readonly version: string;
  readonly globalArguments?: ValueSchema;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly files: Readonly<Record<string, FileSpec>>;
  readonly methods: Readonly<Record<string, MethodDefinition>>;
  readonly checks: Readonly<Record<string, CheckDefinition>>;
  readonly upgrades: readonly UpgradeDefinition[];
  readonly reports: readonly string[];
}
