import type { BrokenVault, StoredVault, Vault } from "./vault.ts";

/** Every vault of a repository, as found by one walk over `vaults/`. */
export interface VaultListing {
  /** In the order in which they were created, so that a new vault never becomes the first one. */
  readonly vaults: readonly StoredVault[];
  /** Sorted by path. */
  readonly broken: readonly BrokenVault[];
}

/** The configured vaults of a repository. */
export interface VaultStore {
  /** Every vault and every file that could not be read; each broken file hides only itself. */
  list(): Promise<VaultListing>;
  /**
   * Reads the text of a vault file as plain data, without judging it.
   *
   * @throws {UserError} `invalid_yaml` with a one-line message that says where the mistake is.
   */
  parse(text: string): Promise<unknown>;
  /** Writes a new vault; returns where. The caller holds the lock that makes names unique. */
  add(vault: Vault): Promise<StoredVault>;
  /**
   * Writes `text` over the file of a vault, with what `vault` says where the text says something else
   * or nothing; comments and the order of keys are those of `text`.
   *
   * @param path absolute path of the file.
   */
  replace(path: string, vault: Vault, text: string): Promise<void>;
  /** Removes the file of a vault and the folders that become empty. */
  remove(path: string): Promise<void>;
}
