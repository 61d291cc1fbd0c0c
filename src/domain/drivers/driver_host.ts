/** A program to run. */
export interface HostCommand {
  /** Name or path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the inherited environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds after which the program is stopped. */
  readonly timeout?: number | undefined;
  /** Stops the program when aborted. */
  readonly signal: AbortSignal;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
  /** Makes sure that what the program controls ends too; called when it has to be stopped. */
  readonly kill: () => Promise<void>;
}

/** How a program ended. */
export interface HostOutcome {
  /** -1 when the program was stopped. */
  readonly exitCode: number;
  /** Why it was stopped; absent when it ended by itself. */
  readonly stopped?: "timeout" | "cancelled";
  readonly durationMs: number;
  /** Without trailing line breaks. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A folder to be mounted in a container: every user there can read all of it, and on this machine nobody
 * but its owner. It is removed when it is disposed of.
 */
export interface TemporaryFolder extends AsyncDisposable {
  /** Absolute path, without symlinks. */
  readonly path: string;
  /** Writes a file. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Puts the content of another file under a name; what is done to the one must not show in the other. */
  place(name: string, contentPath: string): Promise<void>;
}

/** What built-in drivers use of the machine; their `createDriver` has a second parameter that gives it. */
export interface DriverHost {
  /**
   * Runs a program to its end, or until its time is up or `signal` is aborted.
   *
   * @throws {ProgramNotFound} when there is no such program.
   * @throws {Error} when it cannot be started for another reason.
   */
  run(command: HostCommand): Promise<HostOutcome>;
  temporaryFolder(): Promise<TemporaryFolder>;
}

/** There is no such program, or it may not be executed. */
export class ProgramNotFound extends Error {
  override readonly name = "ProgramNotFound";
}
