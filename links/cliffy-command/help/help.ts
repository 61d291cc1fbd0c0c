import { type Palette, palette } from "../ansi.ts";
import type { Command } from "../command.ts";
import type { Option } from "../types.ts";
import { argumentHints, formatArgument, formatArguments, optionHints } from "./paint.ts";
import { renderTable } from "./table.ts";

/** How help is shown. */
export interface HelpOptions {
  /** Show the types of arguments; off by default. */
  types?: boolean;
  /** Show `(required, Default: …)` and the like; on by default. */
  hints?: boolean;
  /** Colours: by default unless `NO_COLOR` is set; `auto` only on a terminal. */
  colors?: boolean | "auto";
  /** Show whole descriptions of options instead of their first lines. */
  long?: boolean;
  /** Columns to fill; by default those of the terminal, 120 without one. */
  width?: number;
  /** The most columns to fill, whatever the terminal has. */
  maxWidth?: number;
  /** Show the help of a command that has only sub-commands when it is called bare; on by default. */
  auto?: boolean;
}

/** The help of a command; built anew for every call. */
export function renderHelp(command: Command, options: HelpOptions): string {
  return new HelpText(command, options).render();
}

function terminalWidth(): number {
  try {
    return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : 120;
  } catch {
    return 120;
  }
}

/** The blocks of a help text. */
class HelpText {
  readonly #command: Command;
  readonly #options: HelpOptions;
  readonly #paint: Palette;
  readonly #types: boolean;
  readonly #width: number;

  constructor(command: Command, options: HelpOptions) {
    const { colors, width, maxWidth, types } = options;
    this.#command = command;
    this.#options = options;
    this.#paint = palette(colors === "auto" ? autoColors() : colors === false ? false : undefined);
    this.#types = types === true;
    this.#width = Math.min(width ?? terminalWidth(), maxWidth ?? Infinity);
  }

  render(): string {
    const blocks = [
      this.#head(),
      this.#meta(),
      this.#description(),
      this.#arguments(),
      ...this.#optionGroups(),
      this.#commands(),
      this.#envVars(),
      this.#examples(),
    ];
    return blocks
      .filter((block) => block !== "")
      .map((block) => `\n${block}\n`)
      .join("");
  }

  #head(): string {
    const { bold, pink, yellow } = this.#paint;
    const usage = this.#command.getUsage() ?? this.#usage();
    const path = this.#command.getPath();
    const rows = [[bold("Usage:"), pink(usage === "" ? path : `${path} ${usage}`)]];
    const version = this.#command.getVersion();
    if (version !== undefined) rows.push([bold("Version:"), yellow(version)]);
    return renderTable(rows, {
      indent: 0,
      padding: [1],
      width: Infinity,
      wraps: [],
    });
  }

  /** The arguments, then the options that must be given. */
  #usage(): string {
    const required = this.#command.getOptions(false).filter((option) => option.required);
    return [
      ...this.#command.getArguments().map((arg) => formatArgument(arg, this.#paint, this.#types)),
      ...required.map((option) => [longFlag(option), ...this.#values(option)].join(" ")),
    ].join(" ");
  }

  #meta(): string {
    return Object.entries(this.#command.getMeta())
      .map(([name, value]) => this.#paint.bold(`${name}: `) + value)
      .join("\n");
  }

  #description(): string {
    const description = this.#command.getDescription();
    return description === "" ? "" : this.#block("Description", [[description]], [], [0]);
  }

  #arguments(): string {
    const args = this.#command.getArguments();
    if (!args.some((argument) => argument.description)) return "";
    const rows = args.map((argument) => [
      formatArgument(argument, this.#paint, this.#types),
      this.#dash(),
      this.#text(argument.description ?? ""),
      this.#hints(() => argumentHints(this.#command, argument, this.#paint)),
    ]);
    return this.#block("Arguments", rows, [2, 1, 2], [2, 3]);
  }

  #optionGroups(): string[] {
    const groups = new Map<string, Option[]>();
    for (const option of this.#command.getOptions(false)) {
      const name = option.groupName ?? "Options";
      groups.set(name, [...(groups.get(name) ?? []), option]);
    }
    return [...groups].map(([name, options]) => this.#optionGroup(name, options));
  }

  #optionGroup(name: string, options: Option[]): string {
    const hasValues = options.some((option) => option.args.length > 0);
    const rows = options.map((option) => [
      option.flags.map(this.#paint.blue).join(", "),
      ...(hasValues ? [this.#values(option).join(" ")] : []),
      this.#dash(),
      this.#text(option.description),
      this.#hints(() => optionHints(this.#command, option, this.#paint)),
    ]);
    return this.#describedBlock(name, rows, hasValues);
  }

  #commands(): string {
    const commands = this.#command.getCommands(false);
    if (commands.length === 0) return "";
    const hasArguments = commands.some((command) => command.hasArguments());
    const rows = commands.map((command) => [
      [command.getName(), ...command.getAliases()].map(this.#paint.blue).join(", "),
      ...(hasArguments ? [formatArguments(command.getArguments(), this.#paint, this.#types)] : []),
      this.#dash(),
      command.getShortDescription(),
    ]);
    return this.#describedBlock("Commands", rows, hasArguments);
  }

  #envVars(): string {
    const envVars = this.#command.getEnvVars(false);
    if (envVars.length === 0) return "";
    const rows = envVars.map((envVar) => [
      envVar.names.map(this.#paint.blue).join(", "),
      formatArgument(envVar.details, this.#paint, this.#types),
      this.#dash(),
      this.#text(envVar.description),
      envVar.required ? `(${this.#paint.yellow("required")})` : "",
    ]);
    return this.#describedBlock("Environment variables", rows, true);
  }

  #examples(): string {
    const { bold, dim } = this.#paint;
    const rows = this.#command
      .getExamples()
      .map(({ name, description }) => [dim(bold(`${name}:`)), description]);
    return rows.length === 0 ? "" : this.#block("Examples", rows, [1], [1]);
  }

  #describedBlock(label: string, rows: string[][], hasValues: boolean): string {
    return hasValues
      ? this.#block(label, rows, [2, 2, 1, 2], [3, 4])
      : this.#block(label, rows, [2, 1, 2], [2, 3]);
  }

  #block(label: string, rows: string[][], padding: number[], wraps: number[]): string {
    const table = renderTable(rows, {
      indent: 2,
      padding,
      width: this.#width,
      wraps,
    });
    return `${this.#paint.bold(`${label}:`)}\n\n${table}`;
  }

  #values(option: Option): string[] {
    return option.args.map((argument) => formatArgument(argument, this.#paint, this.#types));
  }

  #dash(): string {
    return this.#paint.red(this.#paint.bold("-"));
  }

  #text(description: string): string {
    return this.#options.long ? description : description.split("\n", 1)[0]!.trimEnd();
  }

  #hints(make: () => string): string {
    return this.#options.hints === false ? "" : make();
  }
}

function longFlag(option: Option): string {
  return option.flags.find((flag) => flag.startsWith("--")) ?? option.flags[0] ?? "";
}

function autoColors(): boolean {
  return !Deno.noColor && Deno.stdout.isTerminal();
}
