/**
 * What a large tree of commands costs a program at start-up: 100 commands with 8 options each are
 * declared, then one command line is parsed. Every sample is the first run in a process of its own,
 * because that is what a command line tool pays.
 *
 * Run with `deno run -A links/cliffy-command/bench.ts`.
 *
 * @module
 */
import { Command } from "./mod.ts";

const GROUPS = 10;
const COMMANDS_PER_GROUP = 10;
const SAMPLES = 21;

interface Sample {
  declare: number;
  parse: number;
}

function declareGroup(group: number): Command {
  const command = new Command().description(`Group ${group}.`);
  for (let index = 0; index < COMMANDS_PER_GROUP; index++) {
    const child = new Command()
      .description(`Command ${index}.`)
      .arguments("<input:string> [more...:string]")
      .option("-f, --force", "Do it anyway.")
      .option("-r, --repo-dir <dir:file>", "Where.", { default: "." })
      .option("--limit <limit:number>", "At most.", { default: 10 })
      .option("--page <page:integer>", "From.")
      .option("--tag <tag:string>", "Tags.", { collect: true })
      .option("--no-verify", "Unchecked.")
      .option("--since <date:string>", "Newer.", { conflicts: ["until"] })
      .option("--until <date:string>", "Older.")
      .action(() => {});
    command.command(`command${index}`, child);
  }
  return command.reset();
}

function declareTree(): Command {
  const main = new Command()
    .name("bench")
    .version("1.0.0")
    .throwErrors()
    .globalOption("--json", "JSON.")
    .globalOption("-q, --quiet", "Quiet.");
  for (let group = 0; group < GROUPS; group++) main.command(`group${group}`, declareGroup(group));
  return main;
}

async function sample(): Promise<Sample> {
  const start = performance.now();
  const main = declareTree();
  const declared = performance.now();
  await main.parse(["--json", "group7", "command3", "in", "--limit", "5", "--tag=a", "--tag", "b"]);
  return { declare: declared - start, parse: performance.now() - declared };
}

async function sampleInProcess(): Promise<Sample> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", import.meta.url, "sample"],
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

function median(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!.toFixed(2);
}

if (Deno.args[0] === "sample") {
  console.log(JSON.stringify(await sample()));
} else {
  const samples: Sample[] = [];
  for (let index = 0; index < SAMPLES; index++) samples.push(await sampleInProcess());
  console.log(`declare ${median(samples.map((each) => each.declare))} ms`);
  console.log(`parse   ${median(samples.map((each) => each.parse))} ms`);
  console.log(`total   ${median(samples.map((each) => each.declare + each.parse))} ms`);
}
