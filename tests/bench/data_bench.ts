import type { Measurements } from "./goals.ts";
import { medianTimes, timeOf } from "./measure.ts";
import { type BenchOptions, multiplesOfF } from "./multiples.ts";
import { type BenchRepository, benchRepository } from "./repository.ts";
import { writeScaleData, writeScaleModels } from "./scale_data.ts";

/** Definitions, and names of data, in a large repository. */
const MANY = 10_000;
/** Definitions in a small one. */
const FEW = 10;
/** Models that the data of a large repository belong to. */
const OWNERS = 100;

/** Measures what the number of definitions and of data does to commands. */
export async function benchData(options: BenchOptions): Promise<Measurements> {
  options.onProgress(`writing ${MANY} definitions and as many data`);
  await using few = await benchRepository(options.executable, () => Promise.resolve());
  await using many = await benchRepository(options.executable, () => Promise.resolve());
  await using stored = await benchRepository(options.executable, () => Promise.resolve());
  await writeScaleModels(few.root, FEW);
  await writeScaleModels(many.root, MANY);
  await writeScaleData(stored.root, await writeScaleModels(stored.root, OWNERS), MANY / OWNERS);
  // Stat data prove nothing for a second after a change; indexes are written once they do.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  for (const { command } of [few, many, stored]) await timeOf(command(["model", "search"]));
  await timeOf(stored.command(query("true")));
  const measured = await multiplesOfF({
    modelSearch: many.command(["model", "search"]),
    queryFields: stored.command(query('modelName == "m5"')),
    queryAll: stored.command(query("version >= 1")),
    queryAttributes: stored.command(query("attributes.exitCode == 3")),
  }, options);
  const { F: _, ...rows } = measured;
  return { ...rows, modelGetScale: { value: await getRatio(few, many, options) } };
}

function query(predicate: string): string[] {
  return ["data", "query", predicate, "--json"];
}

async function getRatio(
  few: BenchRepository,
  many: BenchRepository,
  { runs, onProgress }: BenchOptions,
): Promise<number> {
  const args = ["model", "get", "m7"];
  const times = await medianTimes(
    { few: few.command(args), many: many.command(args) },
    runs,
    (round) => onProgress(`model get: ${round} of ${runs} rounds done`),
  );
  return times.many / times.few;
}
