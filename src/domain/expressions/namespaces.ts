/**
 * The functions of expressions that reach beyond the expression (contract: authoring 4.3). Each
 * namespace is a class that expressions see as a variable; what its functions do is given to it.
 *
 * @module
 */

/** Names of `data.latest("model", "name", ["vary"])` and its like. */
export interface DataName {
  readonly model: string;
  readonly name: string;
  /** Added to the name, with `-`. */
  readonly vary: readonly string[];
}

/** What the functions of `data` do. Records are plain data, or `null` where there is none. */
export interface DataFunctions {
  latest(item: DataName): Promise<unknown>;
  version(item: DataName, version: number): Promise<unknown>;
  /** Ascending. */
  listVersions(item: DataName): Promise<readonly number[]>;
  findBySpec(model: string, spec: string): Promise<readonly unknown[]>;
  findByTag(key: string, value: string): Promise<readonly unknown[]>;
  query(predicate: string, select?: string): Promise<readonly unknown[]>;
}

/** What the functions of `file` do. */
export interface FileFunctions {
  /** Text of the first file of a spec. */
  contents(model: string, spec: string): Promise<string | null>;
}

/** What the functions of `vault` do. */
export interface VaultFunctions {
  /** A text, or what swamp stored for a sensitive field. */
  get(vault: string, key: string): Promise<unknown>;
}

/** The variable `data`. */
export class DataNamespace {
  constructor(readonly functions: DataFunctions) {}
}

/** The variable `file`. */
export class FileNamespace {
  constructor(readonly functions: FileFunctions) {}
}

/** The variable `vault`. */
export class VaultNamespace {
  constructor(readonly functions: VaultFunctions) {}
}
