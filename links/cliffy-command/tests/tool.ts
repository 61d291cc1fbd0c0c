/**
 * The program that the tests start: two groups of commands, options and arguments of several kinds,
 * completions.
 *
 * @module
 */
import { Command, EnumType, ValidationError } from "@cliffy/command";
import { CompletionsCommand } from "@cliffy/command/completions";

const MODELS = ["alpha", "beta one", "@x/y:z", "@x/y:w", "$(exit 1)"];

function print(value: unknown): void {
  console.log(JSON.stringify(value));
}

function modelCommand(): Command {
  return new Command()
    .description("Work with models.")
    .command("get, g <name:string:model> [more...:string:model]", "Show a model.")
    .option("-d, --dir <dir:file>", "Where to look.")
    .option("-p, --pair <level:level> <name:string:model>", "Two values.")
    .option("--limit <limit:number>", "At most so many.")
    .action((options, ...args) => print({ options, args }))
    .command("rm [names...:string:model]", "Remove models.")
    .action((options, ...args) => print({ options, args }))
    .reset();
}

await new Command()
  .name("tool")
  .version("1.2.3")
  .description("A tool for tests.")
  .globalOption("-j, --json", "Print JSON: always.")
  .globalOption("-q, --quiet", "Don't talk.")
  .globalOption("--level <level:level>", "How much.", { default: "info" })
  .globalType("level", new EnumType(["info", "warning"]))
  .globalComplete("model", () => MODELS)
  .command("model", modelCommand())
  .command("fail", "Fail.")
  .option("--code <code:integer>", "Exit code.", { default: 2 })
  .action(({ code }) => {
    throw new ValidationError("It failed.", { exitCode: code });
  })
  .command("crash", "Crash.")
  .action(() => {
    throw new TypeError("It crashed.");
  })
  .command("secret", "Nobody knows.")
  .hidden()
  .command("completions", new CompletionsCommand())
  .parse(Deno.args);
