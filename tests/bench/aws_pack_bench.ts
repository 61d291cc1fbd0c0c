import { join } from "node:path";
import { generateAwsPack } from "../fixtures/aws_pack/generate.ts";
import type { Measurements } from "./goals.ts";
import { type Command, timeOf } from "./measure.ts";
import { type BenchOptions, type Measurement, multiplesOfF } from "./multiples.ts";
import { phaseTime } from "./phases.ts";
import { startRefusingServer } from "./refusing_server.ts";
import {
  type BenchRepository,
  benchRepository,
  deleteCatalog,
  deleteIndex,
  sizeOf,
} from "./repository.ts";

const TYPE = "@aws/ec2/vpc";
const SOURCE = "extensions/models/ec2/vpc.ts";
const SEARCH = ["model", "type", "search", "vpc"];
const AWS_RUN = ["model", "method", "run", "network", "create"];
const SHELL_COMMAND = "true";
const RUN = ["model", "method", "run", "hello", "execute", "--input", `run=${SHELL_COMMAND}`];

/** Measures everything that is measured with the EC2 and S3 types. */
export async function benchAwsPack(options: BenchOptions): Promise<Measurements> {
  options.onProgress("generating the AWS pack");
  await using repository = await benchRepository(
    options.executable,
    (targetDir) => generateAwsPack({ targetDir }),
  );
  options.onProgress("indexing the AWS pack");
  await createDefinitions(repository);
  const bundles = { value: sizeOf(join(repository.root, ".swamp/bundles")) };
  await using aws = startRefusingServer();
  const awsRun = { ...repository.command(AWS_RUN), env: aws.env, fails: true };
  const { shell, run, F, ...warm } = await multiplesOfF(
    { ...warmCommands(repository), awsRun },
    options,
  );
  const phases = await measurePhases(repository, awsRun, F, options);
  const few = { ...options, runs: Math.ceil(options.runs / 4) };
  // One after the other: each leaves the index in another state.
  const { catalogLost } = await multiplesOfF({ catalogLost: withoutCatalog(repository) }, few);
  const { edited } = await multiplesOfF({ edited: afterEdit(repository) }, few);
  const { cold } = await multiplesOfF({ cold: withoutIndex(repository) }, few);
  return {
    ...warm,
    run: difference(run, shell),
    ...phases,
    ...{ catalogLost, edited, cold, bundles },
  };
}

/** Parts of commands, as multiples of F too. */
async function measurePhases(
  { command }: BenchRepository,
  awsRun: Command,
  F: Measurement,
  { runs }: BenchOptions,
): Promise<{ freshness: Measurement; loadType: Measurement }> {
  const measured = async (whole: Command, phase: string): Promise<Measurement> => {
    const milliseconds = await phaseTime(whole, phase, runs);
    return { milliseconds, value: milliseconds / F.milliseconds! };
  };
  return {
    freshness: await measured(command(SEARCH), "freshness"),
    loadType: await measured(awsRun, "load bundle"),
  };
}

async function createDefinitions({ command }: BenchRepository): Promise<void> {
  const values = ["--global-arg", "name=network", "--global-arg", "CidrBlock=10.0.0.0/16"];
  await timeOf(command(["model", "create", TYPE, "network", ...values]));
  await timeOf(command(["model", "create", "command/shell", "hello"]));
  await timeOf(command(RUN));
}

function warmCommands({ command }: BenchRepository) {
  return {
    shell: { program: "sh", args: ["-c", SHELL_COMMAND] },
    version: command(["version"]),
    search: command(SEARCH),
    describe: command(["model", "type", "describe", TYPE]),
    get: command(["model", "get", "network"]),
    run: command(RUN),
    dataGet: command(["data", "get", "hello", "result"]),
  };
}

function withoutCatalog({ root, command }: BenchRepository): Command {
  return command(SEARCH, () => deleteCatalog(root));
}

function withoutIndex({ root, command }: BenchRepository): Command {
  return command(SEARCH, () => deleteIndex(root));
}

function afterEdit({ root, command }: BenchRepository): Command {
  const source = join(root, SOURCE);
  return command(SEARCH, () => {
    return Deno.writeTextFile(source, `// ${crypto.randomUUID()}\n`, { append: true });
  });
}

function difference(whole: Measurement, part: Measurement): Measurement {
  return {
    ...whole,
    value: whole.value - part.value,
    milliseconds: whole.milliseconds! - part.milliseconds!,
  };
}
