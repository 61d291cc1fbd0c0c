import { Command, EnumType, ValidationError } from "@cliffy/command";
import type { CommandLine, Flag } from "../command_line.ts";
import type { OptionSpec, OptionValues } from "../command_spec.ts";
import { GLOBAL_OPTIONS } from "../global_options.ts";
import { usageError } from "../usage_error.ts";

/**
 * The options of a command line, converted and checked by Cliffy.
 *
 * Cliffy sees the flags of one command and nothing else: no tree has to be built, however many
 * commands there are.
 *
 * @throws {UserError} `usage_error` for a missing value, a value of the wrong type, a flag given twice…
 */
export async function parseOptions(line: CommandLine): Promise<OptionValues> {
  const valueless = line.flags.find(({ option, value }) =>
    option.value === "required" && value === undefined
  );
  if (valueless !== undefined) {
    throw usageError(`Missing value for option "${valueless.option.flag}".`, line.path);
  }
  // deno-lint-ignore no-explicit-any -- Cliffy infers option types from literals; these are data
  const command: Command<any> = new Command().throwErrors().action(() => {});
  addOptions(command, [...GLOBAL_OPTIONS, ...(line.spec?.options ?? [])]);
  try {
    const { options } = await command.parse(line.flags.map(flagText));
    return withEmptyValues(options);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw usageError(error.message.replaceAll(EMPTY, ""), line.path);
  }
}

/** Declares options, and the types of their values, on a Cliffy command. */
export function addOptions(
  // deno-lint-ignore no-explicit-any -- as above
  command: Command<any>,
  specs: readonly OptionSpec[],
  global = false,
): void {
  for (const { flags, description, values, default: preset, required, collect, hidden } of specs) {
    if (values !== undefined) command.type(values.type, new EnumType([...values.allowed]));
    command.option(flags, description, {
      global,
      ...(preset === undefined ? {} : { default: preset }),
      ...(required === undefined ? {} : { required }),
      ...(collect === undefined ? {} : { collect }),
      ...(hidden === undefined ? {} : { hidden }),
    });
  }
}

/** Stands for an empty value, which Cliffy takes for a missing one. No process argument can hold it. */
const EMPTY = "\0";

function flagText({ option, value }: Flag): string {
  return value === undefined ? option.flag : `${option.flag}=${value === "" ? EMPTY : value}`;
}

function withEmptyValues(options: Record<string, unknown>): OptionValues {
  const restore = (value: unknown): unknown =>
    value === EMPTY ? "" : Array.isArray(value) ? value.map(restore) : value;
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, restore(value)]));
}
