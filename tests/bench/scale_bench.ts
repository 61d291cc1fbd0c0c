import type { Measurements } from "./goals.ts";
import { type Command, median, medianTimes, timeOf } from "./measure.ts";
import type { BenchOptions } from "./multiples.ts";
import { peakMemory } from "./peak_memory.ts";
import { type BenchRepository, benchRepository } from "./repository.ts";
import { installScalePack, writeScalePack } from "./scale_pack.ts";

/** Whether types are files of the user's own, which are looked at one by one, or of a package. */
export type ScaleKind = "local" | "installed";

/** What one size of pack costs, in milliseconds. */
export interface ScaleTimes {
  readonly kind: ScaleKind;
  /** Number of types. */
  readonly size: number;
  /** The command that finds nothing indexed, or the installation of the package. */
  readonly firstIndex: number;
  readonly search: number;
  readonly get: number;
  /** Bytes that the search held at its peak, where that can be found out. */
  readonly searchMemory?: number;
}

/** Runs of which the memory counts: unlike time, it hardly differs. */
const MEMORY_RUNS = 5;

const SEARCH = ["model", "type", "search", "t77"];
const GET = ["model", "get", "thing"];
const CREATE = ["model", "create", "@scale/g0/t7", "thing"];

/**
 * Measures how the number of types shows in the time and memory of commands.
 *
 * @param sizes numbers of types, at least two, growing.
 */
export async function benchScale(
  sizes: readonly number[],
  options: BenchOptions,
): Promise<{ times: ScaleTimes[]; measurements: Measurements }> {
  const local = await benchKind("local", sizes, options);
  const installed = await benchKind("installed", sizes, options);
  return {
    times: [...local, ...installed],
    measurements: {
      localSearch: growth(local, ({ search }) => search),
      localGet: growth(local, ({ get }) => get),
      ...memoryGrowth("localMemory", local),
      installedSearch: growth(installed, ({ search }) => search),
      installedGet: growth(installed, ({ get }) => get),
      ...memoryGrowth("installedMemory", installed),
    },
  };
}

function growth(
  times: readonly ScaleTimes[],
  what: (times: ScaleTimes) => number,
): { value: number } {
  return { value: what(times.at(-1)!) / what(times[0]!) };
}

function memoryGrowth(
  name: "localMemory" | "installedMemory",
  times: readonly ScaleTimes[],
): Measurements {
  if (times.some(({ searchMemory }) => searchMemory === undefined)) return {};
  return { [name]: growth(times, ({ searchMemory }) => searchMemory!) };
}

async function benchKind(
  kind: ScaleKind,
  sizes: readonly number[],
  options: BenchOptions,
): Promise<ScaleTimes[]> {
  const repositories: BenchRepository[] = [];
  try {
    const firstIndex: number[] = [];
    for (const size of sizes) {
      options.onProgress(`indexing ${size} ${kind} types`);
      const { repository, time } = await scaleRepository(kind, size, options);
      repositories.push(repository);
      firstIndex.push(time);
    }
    const search = await warmTimes(repositories, SEARCH, options);
    const get = await warmTimes(repositories, GET, options);
    const memory: (number | undefined)[] = [];
    for (const { command } of repositories) memory.push(await medianMemory(command(SEARCH)));
    return sizes.map((size, index) => ({
      ...{ kind, size, firstIndex: firstIndex[index]! },
      ...{ search: search[index]!, get: get[index]! },
      ...(memory[index] === undefined ? {} : { searchMemory: memory[index] }),
    }));
  } finally {
    for (const repository of repositories) await repository[Symbol.asyncDispose]();
  }
}

/** A repository with an indexed pack, and how many milliseconds indexing took. */
async function scaleRepository(
  kind: ScaleKind,
  size: number,
  { executable }: BenchOptions,
): Promise<{ repository: BenchRepository; time: number }> {
  if (kind === "local") {
    const repository = await benchRepository(executable, (dir) => writeScalePack(dir, size));
    return { repository, time: await timeOf(repository.command(CREATE)) };
  }
  const repository = await benchRepository(executable, () => Promise.resolve());
  const start = performance.now();
  await installScalePack(repository.root, size);
  const time = performance.now() - start;
  await timeOf(repository.command(CREATE));
  return { repository, time };
}

async function medianMemory(command: Command): Promise<number | undefined> {
  const peaks: number[] = [];
  for (let run = 0; run < MEMORY_RUNS; run++) {
    const peak = await peakMemory(command);
    if (peak === undefined) return undefined;
    peaks.push(peak);
  }
  return median(peaks);
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
