import type { RepositorySettings } from "./settings.ts";

/** What stands where `.swamp.yaml` should be. */
export type Marker =
  | { readonly state: "missing" }
  | { readonly state: "directory" }
  | { readonly state: "read"; readonly settings: RepositorySettings }
  | {
    readonly state: "damaged";
    /** What is wrong, one sentence a line, with line numbers where there are any. */
    readonly reason: string;
    /** The keys that can be used all the same. */
    readonly salvaged: Readonly<Record<string, unknown>>;
  };

/** A directory that is to become a repository, or to be upgraded. */
export interface RepositoryFolder {
  /** Absolute path. */
  readonly root: string;
  /** The repository that the directory lies in, its own `.swamp.yaml` left aside. */
  enclosingRepository(): Promise<string | undefined>;
  readMarker(): Promise<Marker>;
  /** Creates `.swamp.yaml`. Gives `false` if another process was faster. */
  createMarker(entries: Readonly<Record<string, unknown>>): Promise<boolean>;
  /** Changes keys of `.swamp.yaml`, or removes them; leaves every other line of it alone. */
  updateMarker(changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** Renames whatever stands at `.swamp.yaml`; gives the new name. */
  setMarkerAside(): Promise<string>;
  /**
   * Makes sure that the directory and those below it can be created.
   *
   * @param folders relative paths
   * @throws {UserError} `not_a_directory` where a file is in the way.
   */
  checkFolders(folders: readonly string[]): Promise<void>;
  createFolders(folders: readonly string[]): Promise<void>;
  /** The text of `.gitignore`, `undefined` if there is none. */
  readGitignore(): Promise<string | undefined>;
  writeGitignore(text: string): Promise<void>;
  /** Brings files of older layouts into place; gives one sentence for each thing done. */
  migrate(): Promise<readonly string[]>;
  /** Takes the lock of the whole repository. */
  lock(): Promise<AsyncDisposable>;
}
