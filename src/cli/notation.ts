/**
 * Cliffy's notations for arguments and flags, read into plain data, so that the command line can be
 * sorted, counted and described without building a Cliffy command.
 *
 * @module
 */

/** One positional argument of a command. */
export interface ArgumentShape {
  readonly name: string;
  /** Type as written, `string` if none is. */
  readonly type: string;
  readonly required: boolean;
  /** Whether it takes all remaining values. */
  readonly variadic: boolean;
}

/** One option of a command. */
export interface OptionShape {
  /** Every form with its dashes, short before long as written. */
  readonly forms: readonly string[];
  /** The long form if there is one, by which messages call the option. */
  readonly flag: string;
  /** Whether a value must follow, may be attached with `=`, or is refused. */
  readonly value: "required" | "optional" | "none";
  /** Type of the value, `boolean` for an option without one. */
  readonly type: string;
}

/**
 * Reads arguments such as `<type:string> <name> [rest...:string]`.
 *
 * @throws {TypeError} when the notation is malformed.
 */
export function readArguments(notation: string | undefined): ArgumentShape[] {
  return (notation ?? "").split(/\s+/).filter((part) => part !== "").map((part) => {
    const match = /^(?:<(.+)>|\[(.+)\])$/.exec(part);
    if (match === null) throw new TypeError(`Malformed argument "${part}" in "${notation}"`);
    const inner = match[1] ?? match[2]!;
    const variadic = inner.includes("...");
    const [name, type] = inner.replace("...", "").split(":");
    return { name: name!, type: type ?? "string", required: match[1] !== undefined, variadic };
  });
}

/**
 * Reads flags such as `-f, --force` or `--limit <n:number>`.
 *
 * @throws {TypeError} when no form is given.
 */
export function readOption(notation: string): OptionShape {
  const forms = notation.match(/(?<![^\s,])--?[^\s,<[]+/g) ?? [];
  if (forms.length === 0) throw new TypeError(`No flag in "${notation}"`);
  const value = /([<[])([^>\]]+)[>\]]/.exec(notation);
  return {
    forms,
    flag: forms.find((form) => form.startsWith("--")) ?? forms[0]!,
    value: value === null ? "none" : value[1] === "<" ? "required" : "optional",
    type: value === null ? "boolean" : value[2]!.split(":")[1] ?? "string",
  };
}
