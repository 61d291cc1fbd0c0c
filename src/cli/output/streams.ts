/** A stream that swamp writes to, and what it leads to. */
export interface TextStream {
  /** Writes everything before it returns, so that the process may end right after. */
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal, or `undefined` where there is none. */
  readonly columns: number | undefined;
}

/** What a process writes to. */
export interface Streams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

/** The streams of this process. */
export function processStreams(): Streams {
  return { stdout: textStream(Deno.stdout), stderr: textStream(Deno.stderr) };
}

function textStream(stream: typeof Deno.stdout): TextStream {
  const encoder = new TextEncoder();
  // Taken at the start: what keeps extension code away from stdout replaces the public one.
  const writeSync = stream.writeSync.bind(stream);
  return {
    write: (text) => writeAll(writeSync, encoder.encode(text)),
    get isTerminal() {
      return stream.isTerminal();
    },
    get columns() {
      return stream.isTerminal() ? terminalColumns() : undefined;
    },
  };
}

function terminalColumns(): number | undefined {
  try {
    const { columns } = Deno.consoleSize();
    return columns > 0 ? columns : undefined;
  } catch {
    return undefined;
  }
}

function writeAll(writeSync: typeof Deno.stdout.writeSync, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(bytes.subarray(written));
    }
  } catch (error) {
    // The reader went away, as in `swamp data list | head -1`: it has what it wants.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
