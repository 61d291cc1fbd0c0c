/**
 * `deno task bench`: measures what design/performance.md promises, prints a table and writes all
 * numbers to `dist/bench.json`.
 *
 * ```sh
 * deno task bench                      # about ten minutes
 * deno task bench --quick              # few runs, small packs
 * deno task bench --runs 50 --scale 100,1000 --output numbers.json
 * deno task bench --no-scale           # the AWS types only
 * ```
 *
 * `SWAMP_BIN` names the executable to measure; `dist/swamp` is built if that is not set.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compile } from "../../tasks/compile.ts";
import { endingPlainly } from "../../tasks/terminal/failure.ts";
import { benchAwsPack } from "./aws_pack_bench.ts";
import { benchData } from "./data_bench.ts";
import { multiplesOfF } from "./multiples.ts";
import { type BenchResults, renderResults } from "./report.ts";
import { benchScale } from "./scale_bench.ts";

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));

/** What was asked for on the command line. */
interface Request {
  readonly runs: number;
  /** Numbers of types; none to leave that part out. */
  readonly scale: readonly number[];
  readonly output: string;
}

async function main(args: string[]): Promise<void> {
  const { runs, scale, output } = parse(args);
  const executable = await builtExecutable();
  const options = { executable, runs, onProgress: showProgress };
  const { F } = await multiplesOfF({}, options);
  const measurements = await benchAwsPack(options);
  const data = await benchData(options);
  const scaled = scale.length > 1 ? await benchScale(scale, options) : undefined;
  showProgress("");
  const results: BenchResults = {
    date: new Date().toISOString(),
    version: await versionOf(executable),
    machine: {
      system: `${Deno.build.os} ${Deno.build.arch}`,
      cores: navigator.hardwareConcurrency,
    },
    ...{ runs, F },
    measurements: { ...measurements, ...data, ...scaled?.measurements },
    scale: scaled?.times ?? [],
  };
  console.log(renderResults(results));
  if (F.memory === undefined) {
    console.log("\nMemory was not measured: that takes GNU or BSD time at /usr/bin/time.");
  }
  await Deno.mkdir(dirname(output), { recursive: true });
  await Deno.writeTextFile(output, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nAll numbers: ${output}`);
}

function parse(args: string[]): Request {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: "boolean", default: false },
      runs: { type: "string" },
      scale: { type: "string" },
      "no-scale": { type: "boolean", default: false },
      output: { type: "string", default: join(CHECKOUT, "dist/bench.json") },
    },
  });
  const sizes = values.scale ?? (values.quick ? "100,1000" : "100,1000,10000");
  return {
    runs: wholeNumber("--runs", values.runs ?? (values.quick ? "5" : "30")),
    scale: values["no-scale"] ? [] : sizes.split(",").map((size) => wholeNumber("--scale", size)),
    output: resolve(values.output),
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new RangeError(`${option} takes numbers, not "${text}"`);
  return Number(text);
}

async function builtExecutable(): Promise<string> {
  const given = Deno.env.get("SWAMP_BIN");
  if (given !== undefined) return resolve(given);
  showProgress("building the executable");
  return (await compile({ output: join(CHECKOUT, "dist/swamp"), form: "auto" })).path;
}

async function versionOf(executable: string): Promise<string> {
  const { stdout } = await new Deno.Command(executable, { args: ["version", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).version;
}

/** Shows what is going on in the last line of a terminal, and nothing elsewhere. */
function showProgress(text: string): void {
  if (!Deno.stderr.isTerminal()) return;
  Deno.stderr.writeSync(new TextEncoder().encode(`\r${text.slice(0, 79)}\x1b[K`));
}

if (import.meta.main) await endingPlainly(() => main(Deno.args));
