/**
 * Measures whole processes.
 *
 * @module
 */

/** A command to measure. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it ends with an error when all is well. */
  readonly fails?: boolean;
  /** Puts the command's world into the state it is to be measured in; not timed. */
  readonly prepare?: () => void | Promise<void>;
}

/** A command that failed while it was measured. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}

/**
 * Runs commands in turns, so that a noisy machine disturbs all of them alike.
 *
 * @param runs how many runs of each command count; one more warms up.
 * @returns the median of each command's whole time, in milliseconds, by its name.
 * @throws {CommandFailure} when a command fails that should not, or the other way round.
 */
export async function medianTimes<Name extends string>(
  commands: Readonly<Record<Name, Command>>,
  runs: number,
  onRound: (round: number) => void = () => {},
): Promise<Record<Name, number>> {
  const names = Object.keys(commands) as Name[];
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= runs; round++) {
    onRound(round);
    for (const name of names) {
      const time = await timeOf(commands[name]);
      if (round > 0) samples.get(name)!.push(time);
    }
  }
  const medians = names.map((name) => [name, median(samples.get(name)!)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** Whole time of one run in milliseconds, from before the start until the process is gone. */
export async function timeOf(command: Command): Promise<number> {
  await command.prepare?.();
  const process = new Deno.Command(command.program, {
    args: [...command.args],
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.env === undefined ? {} : { env: command.env }),
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const start = performance.now();
  const { success, stderr } = await process.output();
  const time = performance.now() - start;
  if (success === (command.fails ?? false)) {
    const line = [command.program, ...command.args].join(" ");
    throw new CommandFailure(`${line}\n${new TextDecoder().decode(stderr)}`);
  }
  return time;
}

/**
 * The middle one of some numbers, or the mean of the two in the middle.
 *
 * @throws {RangeError} when there are none.
 */
export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new RangeError("There is no median of nothing");
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
