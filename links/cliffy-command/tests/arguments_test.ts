import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";
import { refuses } from "./command_line.ts";

async function args(command: Command, words: string[]): Promise<unknown> {
  return (await command.noExit().parse(words)).args;
}

Deno.test("arguments are parsed with their types, in their order", async () => {
  const command = new Command()
    .arguments("<a:string> [b:number] [c:boolean] [d:number[]]");
  assert.deepEqual(await args(command, ["x", "1", "true", "1,2"]), ["x", 1, true, [1, 2]]);
});

Deno.test("an argument without a type is a text", async () => {
  assert.deepEqual(await args(new Command().arguments("<a>"), ["1"]), ["1"]);
});

Deno.test("optional arguments at the end may be missing", async () => {
  const command = new Command().arguments("<a:string> [b:number] [c:string]");
  assert.deepEqual(await args(command, ["x", "0"]), ["x", 0]);
});

Deno.test("a variadic argument is spread out", async () => {
  const command = new Command().arguments("<a:string> [more...:number]");
  assert.deepEqual(await args(command, ["x", "1", "2"]), ["x", 1, 2]);
  assert.deepEqual(await args(command, ["x"]), ["x"]);
});

Deno.test("a required variadic argument needs one value", async () => {
  const command = () => new Command().arguments("<files...:string>");
  assert.deepEqual(await args(command(), ["a", "b"]), ["a", "b"]);
  await refuses(command(), [], "Missing argument(s): files");
});

Deno.test("when all required arguments are missing, all are named", async () => {
  const command = () => new Command().arguments("<type:string> <name:string> [rest:string]");
  await refuses(command(), [], "Missing argument(s): type, name");
  await refuses(command(), ["x"], "Missing argument: name");
});

Deno.test("every surplus argument is named", async () => {
  const command = () => new Command().arguments("<a:string>");
  await refuses(command(), ["a", "b"], "Too many arguments: b");
  await refuses(command(), ["a", "b", "c"], "Too many arguments: b c");
});

Deno.test("a command without arguments refuses any", async () => {
  await refuses(
    new Command().name("tool").action(() => {}),
    ["x"],
    'No arguments allowed for command "tool".',
  );
});

Deno.test("a wrong value is named after its argument", async () => {
  const command = () => new Command().arguments("<count:number> [list:number[]]");
  await refuses(command(), ["x"], 'Argument "count" must be of type "number", but got "x".');
  await refuses(
    command(),
    ["1", "1,two"],
    'Argument "list" must be of type "number", but got "two".',
  );
});

Deno.test("a dash is an argument", async () => {
  assert.deepEqual(await args(new Command().arguments("<input:string>"), ["-"]), ["-"]);
});

Deno.test("what looks like an unknown option fills a free argument", async () => {
  const command = () => new Command().arguments("<a:string> [n:number]").option("--json", "");
  assert.deepEqual(await args(command(), ["-x", "-5"]), ["-x", -5]);
  assert.deepEqual(await args(command(), ["--bogus=1"]), ["--bogus=1"]);
  await refuses(
    command(),
    ["a", "1", "--jsn"],
    'Unknown option "--jsn". Did you mean option "--json"?',
  );
});

Deno.test("known options may stand anywhere between arguments", async () => {
  const command = new Command().arguments("<a> <b>").option("--json", "");
  const result = await command.noExit().parse(["x", "--json", "y"]);
  assert.deepEqual([result.options, result.args], [{ json: true }, ["x", "y"]]);
});

Deno.test("an empty text is an argument that is not given", async () => {
  const command = new Command().arguments("[a] [b] [c] [...more]");
  assert.deepEqual(await args(command, ["", "b", "", "", "x", ""]), [
    undefined,
    "b",
    undefined,
    "x",
  ]);
  await refuses(new Command().arguments("<a> [b]"), [""], "Missing argument: a");
});

Deno.test("an argument may have a default and a mapper", async () => {
  const command = new Command()
    .argument("<a:string>", "", { value: async (value: string) => await value.toUpperCase() })
    .argument("[b:number]", "", { default: 42, value: (value: number) => value + 1 })
    .argument("[c:number]", "", { value: (value: number) => value + 1 });
  assert.deepEqual(await args(command, ["x"]), ["X", 43]);
  assert.deepEqual(await args(command, ["x", "1", "2"]), ["X", 2, 3]);
});

Deno.test("the mapper of a variadic argument gets all values", async () => {
  const one = new Command().argument("<...a:string>", "", {
    value: (values: string[]) => values.join("+"),
  });
  assert.deepEqual(await args(one, ["a", "b"]), ["a+b"]);
});

Deno.test("with stopEarly everything from the first argument on is an argument", async () => {
  const command = new Command()
    .stopEarly()
    .option("-f, --flag", "")
    .arguments("[script] [args...]");
  const words = ["-f", "run", "--flag", "-x", "--", "rest"];
  const result = await command.noExit().parse(words);
  assert.deepEqual(result.options, { flag: true });
  assert.deepEqual(result.args, ["run", "--flag", "-x"]);
  assert.deepEqual(result.literal, ["rest"]);
});

Deno.test("with useRawArgs nothing is parsed", async () => {
  const command = new Command().option("-f, --flag <x:number>", "").useRawArgs().action(() => {});
  const words = ["-f", "a", "--", "b"];
  const result = await command.noExit().parse(words);
  assert.deepEqual([result.options, result.args, result.literal], [{}, words, []]);
});

Deno.test("the declared arguments can be looked up", () => {
  const [first, second] = new Command().arguments("<a:string:source> [...b:file]").getArguments();
  assert.deepEqual(
    [first?.name, first?.type, first?.action, first?.optional, first?.variadic],
    ["a", "string", "source", false, false],
  );
  assert.deepEqual(
    [second?.name, second?.type, second?.action, second?.optional, second?.variadic],
    ["b", "file", "file", true, true],
  );
});
