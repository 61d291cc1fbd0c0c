import type { Command } from "../command.ts";
import { missingArgument, missingArguments, TooManyArgumentsError } from "../errors.ts";
import type { Argument } from "../types.ts";
import type { PositionalSink } from "./scan.ts";
import { parseArgumentValue, resolveDefault } from "./value.ts";

/**
 * Assigns the words that are not options to the declared arguments, from left to right, and parses
 * each at once. An empty text stands for an argument that is not given.
 */
export class Positionals implements PositionalSink {
  /** Words that no argument is left for. */
  readonly surplus: string[] = [];
  readonly #command: Command;
  readonly #declared: Argument[];
  readonly #values: unknown[] = [];
  /** Values of the variadic argument at the end. */
  readonly #more: unknown[] = [];

  constructor(command: Command) {
    this.#command = command;
    this.#declared = command.getArguments();
  }

  hasRoom(): boolean {
    return this.#values.length < this.#declared.length;
  }

  add(word: string): void {
    const argument = this.#declared[this.#values.length];
    if (!argument) {
      this.surplus.push(word);
    } else if (argument.variadic) {
      if (word !== "") this.#more.push(this.#parse(argument, word));
    } else if (word !== "") {
      this.#values.push(this.#parse(argument, word));
    } else if (argument.optional) {
      this.#values.push(undefined);
    } else {
      throw missingArgument(argument.name);
    }
  }

  /**
   * The arguments for the command's action: defaults filled in, values mapped, a variadic argument
   * spread out. Optional arguments that were left out at the end do not appear.
   *
   * @param checkMissing Whether required arguments must be there.
   * @throws {ValidationError} when there are too many or too few.
   */
  async finish(checkMissing: boolean): Promise<unknown[]> {
    if (this.surplus.length > 0) throw new TooManyArgumentsError(this.surplus);
    if (checkMissing) this.#checkMissing();
    const args: unknown[] = [];
    let length = this.#values.length;
    for (const [index, argument] of this.#declared.entries()) {
      const value = await this.#valueOf(argument, index);
      if (argument.variadic && Array.isArray(value)) {
        args.push(...value);
        length = args.length;
      } else {
        args.push(value);
        if (value !== undefined) length = args.length;
      }
    }
    return args.slice(0, length);
  }

  async #valueOf(argument: Argument, index: number): Promise<unknown> {
    const given = argument.variadic ? this.#more : this.#values[index];
    const isGiven = argument.variadic ? this.#more.length > 0 : given !== undefined;
    const value = isGiven ? given : resolveDefault(argument.default);
    return value === undefined || !argument.value ? value : await argument.value(value);
  }

  #checkMissing(): void {
    const missing = this.#declared
      .slice(this.#values.length)
      .filter(
        (argument) =>
          !argument.optional &&
          argument.default === undefined &&
          !(argument.variadic && this.#more.length > 0),
      );
    const first = missing[0];
    if (!first) return;
    if (this.#values.length > 0) throw missingArgument(first.name);
    throw missingArguments(missing.map((argument) => argument.name));
  }

  #parse(argument: Argument, word: string): unknown {
    return parseArgumentValue(this.#command, argument, "Argument", argument.name, word);
  }
}
