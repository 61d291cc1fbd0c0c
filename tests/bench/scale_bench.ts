import type { Measurements } from "./goals.ts";
import { medianTimes, timeOf } from "./measure.ts";
import type { BenchOptions } from "./multiples.ts";
import { type BenchRepository, benchRepository } from "./repository.ts";
import { writeScalePack } from "./scale_pack.ts";

/** What one size of pack costs, in milliseconds. */
export interface ScaleTimes {
  /** Number of types. */
  readonly size: number;
  /** The command that finds nothing indexed. */
  readonly firstIndex: number;
  readonly search: number;
  readonly get: number;
}

/**
 * Measures how the number of installed types shows in the time of commands.
 *
 * @param sizes numbers of types, at least two, growing.
 */
export async function benchScale(
  sizes: readonly number[],
  options: BenchOptions,
): Promise<{ times: ScaleTimes[]; measurements: Measurements }> {
  const repositories: BenchRepository[] = [];
  try {
    const firstIndex: number[] = [];
    for (const size of sizes) {
      options.onProgress(`indexing ${size} types`);
      const made = await benchRepository(options.executable, (dir) => writeScalePack(dir, size));
      repositories.push(made);
      firstIndex.push(await timeOf(made.command(["model", "create", "@scale/g0/t7", "thing"])));
    }
    const search = await warmTimes(repositories, ["model", "type", "search", "t77"], options);
    const get = await warmTimes(repositories, ["model", "get", "thing"], options);
    return {
      times: sizes.map((size, index) => ({
        ...{ size, firstIndex: firstIndex[index]! },
        ...{ search: search[index]!, get: get[index]! },
      })),
      measurements: {
        scaleSearch: { value: search.at(-1)! / search[0]! },
        scaleGet: { value: get.at(-1)! / get[0]! },
      },
    };
  } finally {
    for (const repository of repositories) await repository[Symbol.asyncDispose]();
  }
}

/** Median times of one command in each repository, taken in turns. */
async function warmTimes(
  repositories: readonly BenchRepository[],
  args: readonly string[],
  { runs, onProgress }: BenchOptions,
): Promise<number[]> {
  const commands = repositories.map(({ command }, index) => [`${index}`, command(args)] as const);
  const times = await medianTimes(
    Object.fromEntries(commands),
    runs,
    (round) => onProgress(`${args.join(" ")} at each scale: ${round} of ${runs} rounds done`),
  );
  return commands.map(([name]) => times[name]!);
}
