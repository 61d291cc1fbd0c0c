/**
 * `.swamp.yaml`: identity and settings of a repository.
 *
 * @module
 */
import type { DatastoreSettings } from "../datastores/datastore_choice.ts";

/** The AI tools whose files swamp can manage. */
export const TOOLS = ["claude", "cursor", "opencode", "codex", "kiro", "none"] as const;

/** One of {@linkcode TOOLS}. */
export type Tool = typeof TOOLS[number];

/** The tool of a repository that names none. */
export const DEFAULT_TOOL: Tool = "claude";

/** Log levels, lowest first. */
export const LOG_LEVELS = ["trace", "debug", "info", "warning", "error", "fatal"] as const;

/** One of {@linkcode LOG_LEVELS}. */
export type LogLevel = typeof LOG_LEVELS[number];

/** Keys of `.swamp.yaml` (contract: cli-core 1.5). Unknown keys are kept in `unknown`. */
export interface RepositorySettings {
  readonly swampVersion?: string;
  readonly initializedAt?: string;
  readonly upgradedAt?: string;
  readonly repoId?: string;
  readonly tool?: Tool;
  readonly gitignoreManaged?: boolean;
  /** As written; an unknown level is reported and ignored when the log level is chosen. */
  readonly logLevel?: string;
  readonly modelsDir?: string;
  readonly workflowsDir?: string;
  readonly vaultsDir?: string;
  readonly driversDir?: string;
  readonly datastoresDir?: string;
  readonly reportsDir?: string;
  /** Folders outside the repository with extension sources, `*` and `?` allowed. */
  readonly extensionSources?: readonly string[];
  /** Where runtime data are, if not in `.swamp`. */
  readonly datastore?: DatastoreSettings;
  /** Every key of the file as parsed, the ones above included. */
  readonly all: Readonly<Record<string, unknown>>;
}
