/**
 * `deno task start`: from nothing to swamp working on real AWS types. Builds the executable, makes a
 * repository, generates an extension pack with a type for every EC2 and S3 resource, and runs the
 * commands of a first session, each with its time.
 *
 * ```sh
 * deno task start             # in a new temporary folder
 * deno task start my-folder   # in a folder that is missing or empty
 * ```
 *
 * No cloud account is needed: nothing is created at AWS.
 *
 * @module
 */
import { fromFileUrl, join, resolve } from "@std/path";
import { generateAwsPack } from "../tests/fixtures/aws_pack/generate.ts";
import { compile } from "./compile.ts";
import { indexWithProgress } from "./start/first_index.ts";
import { SwampRunner } from "./start/swamp_runner.ts";
import { endingPlainly } from "./terminal/failure.ts";
import { shellWord } from "./terminal/shell_word.ts";
import { bold, dim, formatDuration, green } from "./terminal/style.ts";

const CHECKOUT = fromFileUrl(new URL("../", import.meta.url));

async function main([folder]: string[]): Promise<void> {
  const { path: executable, form } = await step("build the executable", async () => {
    const made = await compile({ output: join(CHECKOUT, "dist/swamp"), form: "auto" });
    const { size } = await Deno.stat(made.path);
    return { ...made, summary: `dist/swamp, ${(size / 1e6).toFixed(0)} MB, ${made.form}` };
  });
  await step("start it for the first time", async () => {
    const { success } = await new Deno.Command(executable, { args: ["version"] }).output();
    if (!success) throw new Error(`${executable} does not start`);
    return { summary: form === "portable" ? "it unpacks itself" : "" };
  });
  const repository = await emptyFolder(folder);
  await step("generate the AWS pack", async () => {
    const targetDir = join(repository, "extensions/models");
    const { types } = await generateAwsPack({ targetDir });
    return { summary: `${types.length} types` };
  });
  const swamp = new SwampRunner(executable, repository);
  await swamp.run(["init", "--tool", "none"]);
  await indexWithProgress(swamp);
  await swamp.run(["model", "type", "search", "vpc"]);
  await swamp.run(["model", "type", "describe", "@aws/ec2/vpc"]);
  await swamp.run([
    ...["model", "create", "@aws/ec2/vpc", "my-vpc"],
    ...["--global-arg", "name=my-vpc", "--global-arg", "CidrBlock=10.0.0.0/16"],
  ], { lines: 4 });
  await swamp.run(["model", "get", "my-vpc"]);
  await swamp.run(["model", "create", "command/shell", "hello"], { lines: 4 });
  await swamp.run([
    ...["model", "method", "run", "hello", "execute"],
    ...["--input", "run=echo Hello from swamp"],
  ]);
  await swamp.run(["data", "get", "hello", "result"], { lines: 20 });
  console.log(whatNext(executable, repository));
}

/** Does something, and prints one line that says what, how long it took, and what came out. */
async function step<T extends { summary: string }>(
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const result = await work();
  const time = formatDuration(performance.now() - start);
  console.log(`${time.padStart(8)}  ${green("✓")} ${bold(title)}  ${dim(result.summary)}`);
  return result;
}

/** The folder to work in, its links resolved. */
async function emptyFolder(folder: string | undefined): Promise<string> {
  if (folder === undefined) return await Deno.makeTempDir({ prefix: "swamp-start-" });
  await Deno.mkdir(folder, { recursive: true });
  for await (const entry of Deno.readDir(folder)) {
    throw new Error(`${resolve(folder)} is not empty: there is "${entry.name}" in it`);
  }
  return await Deno.realPath(folder);
}

function whatNext(executable: string, repository: string): string {
  return `
${bold("The repository is in")} ${repository}

Try next:
  cd ${shellWord(repository)}
  alias swamp=${shellWord(executable)}
  swamp model type search bucket
  swamp model create @aws/s3/bucket my-bucket --global-arg name=my-bucket
  swamp model validate my-bucket
  swamp --help`;
}

if (import.meta.main) await endingPlainly(() => main(Deno.args));
