/**
 * Configured vaults: the YAML files below `vaults/`, which say where secrets are but hold none.
 *
 * @module
 */

/** A vault as stored (contract: cli-automation 6). */
export interface Vault {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  /** Normalised vault type. A type that was renamed is here under its new name. */
  readonly type: string;
  /** As stored: what its type needs to know, defaults not filled in. */
  readonly config: Readonly<Record<string, unknown>>;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

/** A vault together with the file that it was read from. */
export interface StoredVault {
  readonly vault: Vault;
  /** Absolute path of the file. */
  readonly path: string;
  /** The same path for people: relative to the repository, with `/`. */
  readonly file: string;
}

/** A file below `vaults/` that could not be read as a vault. */
export interface BrokenVault {
  /** Absolute path of the file. */
  readonly path: string;
  /** The same path for people: relative to the repository, with `/`. */
  readonly file: string;
  /** One line that says what is wrong. */
  readonly reason: string;
  /** The name that the file seems to carry, if it can be told. */
  readonly name?: string;
  /** The id that the file seems to carry, if it can be told. */
  readonly id?: string;
}
