/**
 * Definitions: the YAML files below `models/` that instantiate a model type.
 *
 * @module
 */

/** Run-time inputs of a definition: a subset of JSON Schema (contract: authoring 5.2). */
export interface InputsSchema {
  readonly type?: "object";
  readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Readonly<Record<string, unknown>>;
}

/** What a definition stores for one method. */
export interface StoredMethod {
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** Which of something always takes part, and which never does. */
export interface Selection<T> {
  readonly require?: readonly T[];
  readonly skip?: readonly string[];
}

/** A report by name, or by name for some methods only. */
export type ReportChoice = string | { readonly name: string; readonly methods?: readonly string[] };

/** A definition as stored (contract: cli-core 12.2). */
export interface Definition {
  /** Normalised type; taken from the folder if the file has none. */
  readonly type: string;
  /** Version of the type when the file was last written. */
  readonly typeVersion?: string;
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly globalArguments: Readonly<Record<string, unknown>>;
  readonly methods: Readonly<Record<string, StoredMethod>>;
  readonly inputs?: InputsSchema;
  readonly checks?: Selection<string>;
  readonly reports?: Selection<ReportChoice>;
  readonly driver?: string;
  readonly driverConfig?: Readonly<Record<string, unknown>>;
}

/** A definition together with the file that it was read from. */
export interface StoredDefinition {
  readonly definition: Definition;
  /** Absolute path of the file. */
  readonly path: string;
  /** The same path for people: relative to the repository, with `/`. */
  readonly file: string;
}

/** Why a text is no definition, and what it seems to define. */
export interface DefinitionFailure {
  /** One line that says what is wrong, with line number where there is one. */
  readonly reason: string;
  /** The name that the file seems to carry, if it can be told. */
  readonly name?: string;
  /** The id that the file seems to carry, if it can be told. */
  readonly id?: string;
  /** The normalised type that the file seems to have, if it can be told. */
  readonly type?: string;
}

/** A file below `models/` that could not be read as a definition. */
export interface BrokenDefinition extends DefinitionFailure {
  /** Absolute path of the file. */
  readonly path: string;
  /** The same path for people: relative to the repository, with `/`. */
  readonly file: string;
}
