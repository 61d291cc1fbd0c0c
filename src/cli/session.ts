import type { LogLevel } from "../domain/repository/settings.ts";
import type { Trace } from "../domain/trace.ts";
import type { CommandSpec, OptionValues } from "./command_spec.ts";
import type { GlobalOptions } from "./context.ts";
import type { Interruption } from "./interruption.ts";
import { chooseLogLevel } from "./log_level.ts";
import type { Console } from "./output/console.ts";
import { createJsonConsole } from "./output/json_console.ts";
import { createLogConsole } from "./output/log_console.ts";
import type { Streams } from "./output/streams.ts";
import type { Services } from "./services.ts";
import {
  createServices,
  type LazyRepositoryFinder,
  lazyRepositoryFinder,
} from "./services_factory.ts";
import { waitLimit } from "./wait_limit.ts";

/** What is fixed for one invocation once its options are known. */
export interface Session {
  readonly globals: GlobalOptions;
  readonly console: Console;
  readonly services: Services;
}

/** What {@linkcode openSession} builds on. */
export interface SessionOptions {
  /** Parsed options, the global ones among them. */
  readonly options: OptionValues;
  readonly spec: CommandSpec;
  readonly streams: Streams;
  readonly trace: Trace;
  readonly interruption: Interruption;
}

/** Applies precedence (contract: cli-core 1.4) and builds output and services. */
export async function openSession(session: SessionOptions): Promise<Session> {
  const { options, spec, streams, trace, interruption } = session;
  const repoDir = stringOf(options.repoDir) ?? (Deno.env.get("SWAMP_REPO_DIR") || undefined);
  const finder = lazyRepositoryFinder(repoDir);
  const warnings: string[] = [];
  const logLevel = await chooseLogLevel({
    quiet: options.quiet === true,
    flag: stringOf(options.logLevel),
    variable: Deno.env.get("SWAMP_LOG_LEVEL"),
    // JSON has no log records, so the file need not be read for them.
    setting: () =>
      options.json === true || spec.repository === "none"
        ? Promise.resolve(undefined)
        : logLevelSetting(finder),
  }, (warning) => warnings.push(warning));

  const color = allowsColor(options.color !== false);
  const globals: GlobalOptions = {
    json: options.json === true,
    log: options.log === true,
    logLevel,
    quiet: options.quiet === true,
    verbose: options.verbose === true,
    showProperties: options.showProperties === true,
    color: color && streams.stdout.isTerminal,
    repoDir,
  };
  const console = consoleFor(globals, streams, color);
  warnings.forEach(console.warn);
  if (spec.repository !== "none") await tellRepository(finder, globals, console);
  const waitMs = waitLimit(stringOf(options.wait), Deno.env.get("SWAMP_LOCK_WAIT"));
  const services = createServices({ finder, waitMs, trace, interruption, output: console });
  return { globals, console, services };
}

/** The output of an invocation. Colours go to terminals only, whatever `color` allows. */
export function consoleFor(
  { json, quiet, logLevel, showProperties = false }:
    & Pick<GlobalOptions, "json" | "quiet" | "logLevel">
    & Partial<Pick<GlobalOptions, "showProperties">>,
  streams: Streams,
  color: boolean,
): Console {
  if (json) return createJsonConsole({ streams, quiet, stacks: isVerbose(logLevel) });
  const interactive = Deno.stdin.isTerminal();
  return createLogConsole({ streams, level: logLevel, color, interactive, showProperties });
}

/** Whether colours are allowed: `NO_COLOR` forbids them whatever its value, empty included. */
export function allowsColor(flag: boolean): boolean {
  return flag && Deno.env.get("NO_COLOR") === undefined;
}

/** `logLevel` of `.swamp.yaml`; a damaged file is reported by whoever needs the repository. */
async function logLevelSetting(finder: LazyRepositoryFinder): Promise<string | undefined> {
  const repository = await (await finder()).ifAny().catch(() => undefined);
  return repository?.settings.logLevel;
}

/** Says which repository was picked, to who wants to know. */
async function tellRepository(
  finder: LazyRepositoryFinder,
  { json, logLevel }: GlobalOptions,
  console: Console,
): Promise<void> {
  if (json || !isVerbose(logLevel)) return;
  const repository = await (await finder()).ifAny().catch(() => undefined);
  if (repository !== undefined) console.log("debug", "repo", `Using ${repository.root}`);
}

function isVerbose(level: LogLevel): boolean {
  return level === "debug" || level === "trace";
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
