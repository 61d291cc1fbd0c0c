import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";
import { refuses } from "./command_line.ts";

Deno.test("a required option must be given", async () => {
  const command = () => new Command().option("--path <path:string>", "", { required: true });
  await refuses(command(), [], 'Missing required option "--path".');
  const { options } = await command().noExit().parse(["--path", "x"]);
  assert.deepEqual(options, { path: "x" });
});

Deno.test("an empty value does not satisfy a required option", async () => {
  const command = () => new Command().option("--path <path:string>", "", { required: true });
  await refuses(command(), ["--path", ""], 'Missing value for option "--path".');
  await refuses(command(), ["--path="], 'Missing value for option "--path".');
});

Deno.test("with allowEmpty nothing at all may be given", async () => {
  const command = () =>
    new Command().option("--path <path:string>", "", { required: true }).option("-x", "")
      .allowEmpty();
  assert.deepEqual((await command().noExit().parse([])).options, {});
  await refuses(command(), ["-x"], 'Missing required option "--path".');
});

Deno.test("conflicting options exclude each other", async () => {
  const command = () =>
    new Command()
      .option("-f, --file <file:string>", "")
      .option("-i, --stdin", "", { conflicts: ["file"] });
  const message = 'Option "--stdin" conflicts with option "--file".';
  await refuses(command(), ["-i", "-f", "x"], message);
  await refuses(command(), ["-f", "x", "-i"], message);
});

Deno.test("a default value does not conflict", async () => {
  const command = new Command()
    .option("--json", "", { default: true })
    .option("--table", "", { conflicts: ["json"] });
  const { options } = await command.noExit().parse(["--table"]);
  assert.deepEqual(options, { json: true, table: true });
});

Deno.test("a required option need not be there when one that it conflicts with is", async () => {
  const command = () =>
    new Command()
      .option("-a <a:string>", "", { required: true, conflicts: ["b"] })
      .option("-b <b:string>", "", { required: true, conflicts: ["a"] });
  assert.deepEqual((await command().noExit().parse(["-a", "1"])).options, { a: "1" });
  assert.deepEqual((await command().noExit().parse(["-b", "1"])).options, { b: "1" });
  await refuses(command(), [], 'Missing required option "-a".');
});

Deno.test("an option may depend on another one", async () => {
  const command = () =>
    new Command()
      .option("--user <user:string>", "")
      .option("--password <password:string>", "", { depends: ["user"] });
  await refuses(
    command(),
    ["--password", "x"],
    'Option "--password" depends on option "--user".',
  );
  const { options } = await command().noExit().parse(["--password", "x", "--user", "me"]);
  assert.deepEqual(options, { password: "x", user: "me" });
});

Deno.test("a default value is enough for an option that depends on it", async () => {
  const command = new Command()
    .option("--color <color:string>", "", { default: "red" })
    .option("--bright", "", { depends: ["color"] });
  const { options } = await command.noExit().parse(["--bright"]);
  assert.deepEqual(options, { bright: true, color: "red" });
});

Deno.test("a default value needs nothing", async () => {
  const command = new Command()
    .option("--one", "")
    .option("--two <two:string>", "", { depends: ["one"], default: "x" });
  assert.deepEqual((await command.noExit().parse([])).options, { two: "x" });
});

Deno.test("a standalone option cannot be combined", async () => {
  const command = () => new Command().option("--alone", "", { standalone: true }).option("-x", "");
  const message = 'Option "--alone" cannot be combined with other options.';
  await refuses(command(), ["--alone", "-x"], message);
  await refuses(command(), ["-x", "--alone"], message);
});

Deno.test("--help cannot be combined, not even across a sub-command", async () => {
  const command = () =>
    new Command().globalOption("--json", "").command("sub").option("-x", "").reset();
  const message = 'Option "--help" cannot be combined with other options.';
  await refuses(command(), ["-h", "--json"], message);
  await refuses(command(), ["--help", "sub", "-x"], message);
  await refuses(command(), ["sub", "-x", "--help"], message);
});

Deno.test("a standalone option needs nothing that is required otherwise", async () => {
  const command = new Command()
    .option("--alone", "", { standalone: true })
    .option("--path <path:string>", "", { required: true })
    .arguments("<input:string>");
  const result = await command.noExit().parse(["--alone"]);
  assert.deepEqual(result.options, { alone: true });
});

Deno.test("relations may name dotted and multi-word options", async () => {
  const command = () =>
    new Command()
      .option("--bit-rate.audio <rate:number>", "", { depends: ["log-level"] })
      .option("--log-level <level:string>", "");
  await refuses(
    command(),
    ["--bit-rate.audio", "1"],
    'Option "--bit-rate.audio" depends on option "--log-level".',
  );
  const args = ["--bit-rate.audio", "1", "--log-level", "x"];
  const { options } = await command().noExit().parse(args);
  assert.deepEqual(options, { bitRate: { audio: 1 }, logLevel: "x" });
});
