/**
 * Descriptors: everything that search, describe, get, completions and validation messages show of a
 * type, as plain JSON. They are made once, when a source is indexed, and read from the catalog ever
 * after, so that those commands import no extension code.
 *
 * @module
 */

/** A JSON Schema document (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Days, hours… as text (`7d`), or a keyword such as `infinite`. */
export type Lifetime = string;

/** Number of versions to keep, or the age up to which versions are kept (`30d`). */
export type GarbageCollection = number | string;

/** What a method is called and takes. */
export interface MethodDescriptor {
  readonly name: string;
  readonly description: string;
  /** As the author wrote it: `create`, `read`, `update`, `delete`, `list` or `action`. */
  readonly kind?: string;
  readonly arguments: JsonSchema;
}

/** What data a model type can write. JSON shape of the contract (cli-core 5.2). */
export interface DataOutputSpec {
  readonly specName: string;
  readonly kind: "resource" | "file";
  readonly description?: string;
  readonly schema?: JsonSchema;
  readonly contentType?: string;
  readonly lifetime: Lifetime;
  readonly garbageCollection: GarbageCollection;
  readonly streaming?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a pre-flight check is called and when it applies. */
export interface CheckDescriptor {
  readonly name: string;
  readonly description: string;
  readonly labels?: readonly string[];
  readonly appliesTo?: readonly string[];
}

/** Descriptor of a model type. */
export interface ModelDescriptor {
  /** Type name as the author wrote it. */
  readonly raw: string;
  /** Normalised type name. */
  readonly type: string;
  /** CalVer version of the type. */
  readonly version: string;
  /** One line for people; empty when the author gave none. */
  readonly description: string;
  readonly globalArguments?: JsonSchema;
  readonly methods: readonly MethodDescriptor[];
  readonly dataOutputSpecs: readonly DataOutputSpec[];
  readonly checks: readonly CheckDescriptor[];
  /** Names of reports that run by default. */
  readonly reports: readonly string[];
}

/** Descriptor of what a source adds to somebody else's model type. */
export interface ModelExtensionDescriptor {
  /** Normalised name of the extended type. */
  readonly type: string;
  readonly methods: readonly MethodDescriptor[];
  readonly checks: readonly CheckDescriptor[];
  /** Its resources. */
  readonly dataOutputSpecs: readonly DataOutputSpec[];
}

/** Descriptor of a vault, driver, datastore or report. */
export interface ProviderDescriptor {
  readonly raw: string;
  /** Normalised name. */
  readonly type: string;
  /** Display name. */
  readonly name: string;
  readonly description: string;
  readonly configSchema?: JsonSchema;
  /** Reports only. */
  readonly scope?: "method" | "model" | "workflow";
  /** Reports only. */
  readonly labels?: readonly string[];
}

/** Descriptor of any kind. */
export type Descriptor = ModelDescriptor | ModelExtensionDescriptor | ProviderDescriptor;
