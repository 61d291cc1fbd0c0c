import { TextLineStream } from "../../src/infrastructure/extensions/text_line_stream.ts";
import { shellWord } from "../terminal/shell_word.ts";
import { bold, dim, formatDuration } from "../terminal/style.ts";

const SHOWN_LINES = 10;
const INDENT = " ".repeat(10);

/** What `--log-level trace` adds to the output. */
const TRACE_RECORD = /^\d\d:\d\d:\d\d\.\d{3} (TRC|DBG) /;

/** Options of {@linkcode SwampRunner.run}. */
export interface RunOptions {
  /** Called with each line on standard error, as it comes. */
  readonly onErrorLine?: (line: string) => void;
  /** Called when the command has ended, before anything is printed. */
  readonly onEnd?: () => void;
  readonly env?: Readonly<Record<string, string>>;
  /** Lines of output to print; the rest is only counted. */
  readonly lines?: number;
}

/** A swamp command that failed, with what it printed. */
export class SwampFailure extends Error {
  override readonly name = "SwampFailure";
}

/** Runs swamp commands in a repository, and prints each with its time and the start of its output. */
export class SwampRunner {
  readonly #executable: string;
  readonly #repository: string;

  /**
   * @param executable absolute path of swamp's executable
   * @param repository folder to run it in
   */
  constructor(executable: string, repository: string) {
    this.#executable = executable;
    this.#repository = repository;
  }

  /**
   * Runs one command.
   *
   * @returns what it printed on standard output
   * @throws {SwampFailure} when it fails
   */
  async run(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const start = performance.now();
    const child = new Deno.Command(this.#executable, {
      args: [...args],
      cwd: this.#repository,
      env: { ...options.env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const errorLines: string[] = [];
    const errors = (async () => {
      for await (const line of child.stderr.pipeThrough(new TextLineStream())) {
        errorLines.push(line);
        options.onErrorLine?.(line);
      }
    })();
    const output = await new Response(child.stdout).text();
    const [{ code }] = await Promise.all([child.status, errors]);
    const time = performance.now() - start;
    options.onEnd?.();
    const command = `swamp ${args.map(shellWord).join(" ")}`;
    if (code !== 0) {
      const printed = [output.trimEnd(), ...errorLines].filter((text) => text !== "").join("\n");
      throw new SwampFailure(`"${command}" ended with ${code}:\n${printed}`);
    }
    console.log(`\n${formatDuration(time).padStart(8)}  ${dim("$")} ${bold(command)}`);
    printStart(output.trimEnd(), options.lines ?? SHOWN_LINES);
    return output;
  }
}

function printStart(text: string, count: number): void {
  const lines = text.replace(/^\n/, "").split("\n").filter((line) => !TRACE_RECORD.test(line));
  const width = (Deno.stdout.isTerminal() ? Deno.consoleSize().columns : 110) - INDENT.length;
  const shown = lines.slice(0, count).join("\n").trimEnd().split("\n");
  for (const line of shown) console.log(`${INDENT}${cut(line, width)}`.trimEnd());
  const rest = lines.length - shown.length;
  if (rest > 0) console.log(dim(`${INDENT}… and ${rest} more lines`));
}

/** The start of a line that is longer than `width` characters, with a sign that there is more. */
function cut(line: string, width: number): string {
  const characters = [...line];
  return characters.length <= width ? line : `${characters.slice(0, width - 1).join("")}…`;
}
