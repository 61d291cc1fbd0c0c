import type { RepositorySettings } from "./settings.ts";

/** The repository that a command works on. */
export interface Repository {
  /** Absolute path. */
  readonly root: string;
  readonly settings: RepositorySettings;
}
