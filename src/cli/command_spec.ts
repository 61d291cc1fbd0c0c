/**
 * Commands as data: what a command is called and takes, and the function that runs it. The parser,
 * `swamp help` and the completions are made from these; only the modules in `cliffy/` know Cliffy.
 *
 * @module
 */
import type { CommandContext } from "./context.ts";

/** One option of a command, in Cliffy's flag notation. */
export interface OptionSpec {
  /** For example `-f, --force` or `--limit <n:number>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: unknown;
  readonly required?: boolean;
  /** Whether the option may be repeated; its values then come as an array. */
  readonly collect?: boolean;
  readonly hidden?: boolean;
  /** Allowed values of a `<v:name>` type, by the name of that type. */
  readonly values?: { readonly type: string; readonly allowed: readonly string[] };
}

/** A worked example in a command's help. */
export interface ExampleSpec {
  readonly title: string;
  readonly command: string;
}

/** Option values as parsed: camel-cased names, global options included. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** A command that does something. */
export interface CommandSpec {
  /** Arguments in Cliffy's notation, for example `<type:string> <name:string>`. */
  readonly arguments?: string;
  readonly options?: readonly OptionSpec[];
  readonly examples?: readonly ExampleSpec[];
  /** Whether arguments may be secrets, so that messages repeat none that is not understood. */
  readonly confidential?: boolean;
  /** What is wrong with arguments beyond those taken, where more can be said than that. */
  readonly surplus?: (values: readonly string[]) => string;
  /** Whether the command works on a repository, and so takes `--repo-dir`. */
  readonly repository: "required" | "optional" | "none";
  /**
   * Runs the command.
   *
   * @returns the exit code, 0 if nothing is returned.
   */
  readonly run: (
    context: CommandContext,
    options: OptionValues,
    args: readonly (string | undefined)[],
  ) => Promise<number | void>;
}

/** A command in the tree: a name and a description, its module still unloaded. */
export interface CommandLeaf {
  readonly kind: "command";
  readonly name: string;
  readonly description: string;
  readonly aliases?: readonly string[];
  readonly hidden?: boolean;
  readonly load: () => Promise<{ readonly command: CommandSpec }>;
}

/** A command that only has sub-commands. */
export interface CommandGroup {
  readonly kind: "group";
  readonly name: string;
  readonly description: string;
  readonly aliases?: readonly string[];
  readonly hidden?: boolean;
  readonly children: readonly CommandNode[];
  readonly examples?: readonly ExampleSpec[];
  /** Lines that help somebody who typed a word that no child resembles. */
  readonly suggest?: (word: string) => readonly string[];
  /** A child that takes words of this shape as its argument, its own name left out. */
  readonly shorthand?: { readonly words: RegExp; readonly child: string };
}

/** A node of the command tree. */
export type CommandNode = CommandLeaf | CommandGroup;
