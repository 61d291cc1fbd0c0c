/**
 * The composition root: reads the command line, builds what the command asks for and nothing else,
 * runs it and tells how it ended. `session.ts` and `services_factory.ts` belong to it.
 *
 * @module
 */
import { EXIT_CODES } from "../domain/errors.ts";
import { timed } from "../domain/trace.ts";
import { type CommandLine, flagGiven, isSet, readCommandLine } from "./command_line.ts";
import type { CommandSpec } from "./command_spec.ts";
import { ROOT } from "./commands/mod.ts";
import { createInterruption, type Interruption } from "./interruption.ts";
import { parseLogLevel } from "./log_level.ts";
import type { Console } from "./output/console.ts";
import { failureOf } from "./output/failure.ts";
import { jsonText } from "./output/json_console.ts";
import { processStreams, type Streams } from "./output/streams.ts";
import { allowsColor, consoleFor, openSession } from "./session.ts";
import { createTraceLog, type TraceLog } from "./trace.ts";
import { checkArguments, unknownError } from "./usage_error.ts";

/** What every step of an invocation may use. */
interface Run {
  readonly streams: Streams;
  readonly traceLog: TraceLog;
  readonly interruption: Interruption;
  /** Where failures are told; better informed as the invocation goes on. */
  console: Console;
}

/**
 * Runs one invocation of swamp.
 *
 * @param argv words after the program's name
 * @returns the exit code; everything is written by then
 *
 * @example
 * ```ts
 * Deno.exit(await run(["version", "--json"]));
 * ```
 */
export async function run(argv: readonly string[]): Promise<number> {
  const streams = processStreams();
  const state: Run = {
    streams,
    traceLog: createTraceLog(),
    interruption: createInterruption(),
    console: consoleFor({ json: false, quiet: false, logLevel: "info" }, streams, false),
  };
  try {
    return await perform(state, argv);
  } catch (error) {
    const failure = failureOf(error);
    state.console.fail(failure);
    return state.interruption.exitCode() ?? failure.exitCode;
  }
}

async function perform(state: Run, argv: readonly string[]): Promise<number> {
  const { streams, traceLog } = state;
  const line = await timed(traceLog.trace, "command line", () => readCommandLine(ROOT, argv));
  state.console = firstConsole(line, streams);
  if (flagGiven(line, "--help") !== undefined) {
    streams.stdout.write(isSet(line, "--json") ? await schema(line) : await help(line, streams));
  } else if (line.unknown !== undefined) {
    throw unknownError(line, line.unknown);
  } else if (line.spec !== undefined) {
    return await runCommand(state, line, line.spec);
  } else {
    const version = flagGiven(line, "--version");
    streams.stdout.write(
      version ? await versionText(line, version.form) : await help(line, streams),
    );
  }
  return EXIT_CODES.success;
}

async function runCommand(state: Run, line: CommandLine, spec: CommandSpec): Promise<number> {
  const { streams, traceLog: { trace, show }, interruption } = state;
  const { parseOptions } = await timed(trace, "load Cliffy", () => import("./cliffy/options.ts"));
  const options = await timed(trace, "parse", () => parseOptions(line));
  checkArguments(spec, line.positionals, line.path);

  const session = await timed(
    trace,
    "settings",
    () => openSession({ options, spec, streams, trace, interruption }),
  );
  const { globals, console, services } = session;
  state.console = console;
  if (globals.logLevel === "trace") show((text) => streams.stderr.write(`${text}\n`));
  if (spec.repository === "required") await services.repository();
  const context = {
    globals,
    output: console,
    services,
    get signal() {
      return interruption.signal;
    },
  };
  const code = await timed(trace, "command", () => spec.run(context, options, line.positionals));
  return interruption.exitCode() ?? code ?? EXIT_CODES.success;
}

/** Output for what goes wrong before options are parsed: it knows flags only as they were typed. */
function firstConsole(line: CommandLine, streams: Streams): Console {
  const level = flagGiven(line, "--log-level")?.value ?? Deno.env.get("SWAMP_LOG_LEVEL") ?? "";
  const color = allowsColor(flagGiven(line, "--no-color") === undefined);
  const globals = { json: isSet(line, "--json"), quiet: false };
  return consoleFor({ ...globals, logLevel: parseLogLevel(level) ?? "info" }, streams, color);
}

async function help(line: CommandLine, streams: Streams): Promise<string> {
  const [{ helpText }, { getVersion }] = await Promise.all([
    import("./cliffy/help_text.ts"),
    import("../libswamp/version.ts"),
  ]);
  const colors = streams.stdout.isTerminal &&
    allowsColor(flagGiven(line, "--no-color") === undefined);
  return helpText({ path: line.path, spec: line.spec, ...getVersion(), colors });
}

async function schema(line: CommandLine): Promise<string> {
  const { commandSchema } = await import("./command_schema.ts");
  return jsonText(await commandSchema(line.path));
}

async function versionText(line: CommandLine, form: string): Promise<string> {
  const { getVersion } = await import("../libswamp/version.ts");
  const document = getVersion();
  if (isSet(line, "--json")) return jsonText(document);
  return form === "-V" ? `${document.version}\n` : `swamp ${document.version}\n`;
}
