import { join } from "node:path";
import { type Command, medianTimes } from "./measure.ts";
import { peakMemory } from "./peak_memory.ts";

/** One measured number. */
export interface Measurement {
  /** In the unit of its goal. */
  readonly value: number;
  /** The time behind a multiple of F, in milliseconds. */
  readonly milliseconds?: number;
  /** Bytes that the largest process held at its peak. */
  readonly memory?: number;
}

/** How to measure. */
export interface BenchOptions {
  /** Absolute path of swamp's executable. */
  readonly executable: string;
  /** Runs of each quick command; slow ones get fewer. */
  readonly runs: number;
  /** Told what is going on. */
  readonly onProgress: (text: string) => void;
}

/**
 * Measures commands and F in turns: F is the time of `deno run` with an empty script, outside any
 * project. After that, the memory of each command.
 *
 * @returns each command's time as a multiple of F, and F itself, which is 1.
 */
export async function multiplesOfF<Name extends string>(
  commands: Readonly<Record<Name, Command>>,
  { runs, onProgress }: Pick<BenchOptions, "runs" | "onProgress">,
): Promise<Record<Name | "F", Measurement>> {
  const dir = await Deno.makeTempDir();
  const script = join(dir, "empty.js");
  await Deno.writeTextFile(script, "");
  const all: Record<string, Command> = {
    F: { program: Deno.execPath(), args: ["run", script] },
    ...commands,
  };
  const names = Object.keys(commands).join(", ");
  const times = await medianTimes(
    all,
    runs,
    (round) => onProgress(`${names}: ${round} of ${runs} rounds done`),
  );
  const measured: Record<string, Measurement> = {};
  for (const [name, command] of Object.entries(all)) {
    const milliseconds = times[name]!;
    const memory = await peakMemory(command);
    measured[name] = {
      value: milliseconds / times.F!,
      milliseconds,
      ...(memory === undefined ? {} : { memory }),
    };
  }
  await Deno.remove(dir, { recursive: true });
  return measured as Record<Name | "F", Measurement>;
}
