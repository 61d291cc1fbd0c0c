/**
 * What a running command gets: its output, and everything it may need, built when asked for.
 *
 * @module
 */
import type { LogLevel } from "../domain/repository/settings.ts";
import type { Output } from "./output/output.ts";
import type { Services } from "./services.ts";

/** The global flags after precedence (contract: cli-core 1.4). */
export interface GlobalOptions {
  readonly json: boolean;
  readonly log: boolean;
  readonly logLevel: LogLevel;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly showProperties: boolean;
  /** Whether stdout gets ANSI colours. */
  readonly color: boolean;
  /** `--repo-dir`, or `SWAMP_REPO_DIR`, or `undefined` to search upwards. */
  readonly repoDir: string | undefined;
}

/** What a running command gets. */
export interface CommandContext {
  readonly globals: GlobalOptions;
  readonly output: Output;
  readonly services: Services;
  /**
   * Aborted when the user presses Ctrl-C. A command that asks for it promises to end soon: swamp then
   * exits with code 130 when the command returns, or by force five seconds later. If no command asks,
   * Ctrl-C releases the locks and ends the process at once.
   */
  readonly signal: AbortSignal;
}
