import type { DatastoreFolder, DatastorePlace } from "./datastore_folders.ts";

/** What became of the files of a folder that were to be copied. */
export interface CopyReport {
  /** Files that were not there before. */
  readonly files: number;
  readonly bytes: number;
  /** Why not everything is there now, a sentence for each file. */
  readonly problems: readonly string[];
}

/** Brings the folders of a repository from one place to another. */
export interface FolderMigration {
  /** Absolute path of a folder of the repository, whose data are in `place`. */
  pathOf(place: DatastorePlace, folder: DatastoreFolder): string;
  /** Whether a place is that of a repository without a datastore. */
  isLocal(place: DatastorePlace): boolean;
  /** Whether a path is that of the folder or of something in it. Both are absolute. */
  isWithin(path: string, folder: string): boolean;
  isThere(folder: string): Promise<boolean>;
  /** Makes a folder, and those above it. */
  create(folder: string): Promise<void>;
  /**
   * Copies files and compares every copy with what it was made from. Locks, caches and what writers
   * left unfinished stay behind.
   *
   * @param mayReplace whether a file that is there already may go; else it must have the same content.
   */
  copy(from: string, to: string, mayReplace: boolean): Promise<CopyReport>;
  /** Removes a folder with everything in it. */
  remove(folder: string): Promise<void>;
}
