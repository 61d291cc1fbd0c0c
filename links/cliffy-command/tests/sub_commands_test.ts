import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";
import { refuses } from "./command_line.ts";

/** A tree whose leaves give their path when they run. */
function tree(): Command {
  const path = function (this: Command) {
    return this.getPath();
  };
  return new Command()
    .name("tool")
    .globalOption("-j, --json", "")
    .globalOption("--tag <tag:string>", "", { collect: true })
    .option("--own", "")
    .command("c4", "Four.")
    .action(path)
    .command(
      "c5",
      new Command()
        .description("Five.")
        .command("leaf, l <name:string>", "A leaf.")
        .option("--deep", "")
        .action(path)
        .reset(),
    )
    .command("hidden", "Hidden.")
    .hidden()
    .action(path)
    .reset();
}

Deno.test("the words of the command line lead to the command that runs", async () => {
  const result = await tree().noExit().parse(["c5", "leaf", "x"]);
  assert.equal(result.cmd.getPath(), "tool c5 leaf");
  assert.deepEqual(result.args, ["x"]);
});

Deno.test("a command runs under its other names too", async () => {
  const result = await tree().noExit().parse(["c5", "l", "x"]);
  assert.equal(result.cmd.getName(), "leaf");
});

Deno.test("a hidden command runs", async () => {
  const result = await tree().noExit().parse(["hidden"]);
  assert.equal(result.cmd.getName(), "hidden");
});

Deno.test("global options may stand before, between and after the commands", async () => {
  for (
    const words of [
      ["--json", "c5", "leaf", "x"],
      ["c5", "--json", "leaf", "x"],
      ["c5", "leaf", "--json", "x"],
      ["c5", "leaf", "x", "-j"],
    ]
  ) {
    const result = await tree().noExit().parse(words);
    assert.deepEqual([result.options, result.args], [{ json: true }, ["x"]]);
  }
});

Deno.test("a collected global option is collected across the commands", async () => {
  const result = await tree().noExit()
    .parse(["--tag", "a", "c5", "--tag=b", "leaf", "x", "--tag", "c"]);
  assert.deepEqual(result.options, { tag: ["a", "b", "c"] });
});

Deno.test("a global option is not given twice because it is given in two places", async () => {
  await refuses(
    tree(),
    ["--json", "c4", "--json"],
    'Option "--json" can only occur once, but was found several times.',
  );
});

Deno.test("default values of global options do not get in the way of given ones", async () => {
  const command = () =>
    new Command().noExit()
      .globalOption("--level <level:string>", "", { default: "info" })
      .command("a", new Command().command("b").reset());
  assert.deepEqual((await command().parse(["a", "b"])).options, { level: "info" });
  assert.deepEqual((await command().parse(["--level", "x", "a", "b"])).options, { level: "x" });
  assert.deepEqual((await command().parse(["a", "b", "--level", "x"])).options, { level: "x" });
});

Deno.test("an own option of a command stays with it", async () => {
  await refuses(
    tree(),
    ["c4", "--own"],
    'Unknown option "--own". Did you mean option "--json"?',
  );
});

Deno.test("behind an own option the name of a command is an argument", async () => {
  await refuses(tree(), ["--json", "--own", "c4"], "Too many arguments: c4");
});

Deno.test("an unknown command comes with the nearest visible one", async () => {
  await refuses(tree(), ["c5x"], 'Unknown command "c5x". Did you mean command "c5"?');
  await refuses(tree(), ["hiden"], 'Unknown command "hiden". Did you mean command "c4"?');
  await refuses(
    tree(),
    ["c5", "lef", "more"],
    'Unknown command "lef". Did you mean command "leaf"?',
  );
});

Deno.test("a command with arguments takes an unknown word as one", async () => {
  const command = new Command().noExit().arguments("[path:string]").command("sub").reset();
  assert.deepEqual((await command.parse(["sib"])).args, ["sib"]);
});

Deno.test("noGlobals ends the inheritance of global options, --help excepted", async () => {
  const command = () =>
    new Command().globalOption("-g, --global", "").command("sub").noGlobals().reset();
  await refuses(command(), ["sub", "-g"], 'Unknown option "-g". Did you mean option "-h"?');
  const { options } = await command().helpOption("-h, --help", "", () => {}).noExit()
    .parse(["sub", "--help"]);
  assert.deepEqual(options, { help: true });
});

Deno.test("a global command is a command of all others", async () => {
  const command = () =>
    new Command().noExit()
      .command("global [value:string]").global()
      .command("one", new Command().command("two").reset());
  for (const words of [["global", "x"], ["one", "global", "x"], ["one", "two", "global", "x"]]) {
    const result = await command().parse(words);
    assert.deepEqual([result.cmd.getName(), result.args], ["global", ["x"]]);
  }
});

Deno.test("default names the command that runs when none is named", async () => {
  const ran: string[] = [];
  const command = new Command().noExit().default("b")
    .command("a").action(() => void ran.push("a"))
    .command("b").action(() => void ran.push("b"));
  await command.parse([]);
  assert.deepEqual(ran, ["b"]);
});

Deno.test("arguments in the name win over those of the instance", async () => {
  const command = new Command().noExit()
    .command("copy <from:string> <to:string>", new Command().arguments("[one:string]"));
  assert.deepEqual((await command.parse(["copy", "a", "b"])).args, ["a", "b"]);
});

Deno.test("what is declared after a command belongs to it, until reset", () => {
  const command = new Command()
    .command("a", new Command().description("First."))
    .description("Second.")
    .reset()
    .description("Main.");
  assert.equal(command.getDescription(), "Main.");
  assert.equal(command.getCommand("a")?.getDescription(), "Second.");
});

Deno.test("a command added later is a sibling", () => {
  const command = new Command().command("a").command("b");
  assert.deepEqual(command.getCommands().map((child) => child.getName()), ["a", "b"]);
});

Deno.test("hidden commands are listed on demand only", () => {
  const names = (hidden: boolean) => tree().getCommands(hidden).map((child) => child.getName());
  assert.deepEqual(names(false), ["c4", "c5"]);
  assert.deepEqual(names(true), ["c4", "c5", "hidden"]);
  assert.equal(tree().getCommand("hidden"), undefined);
  assert.equal(tree().getCommand("hidden", true)?.getName(), "hidden");
});

Deno.test("a command knows its place", () => {
  const main = tree();
  const leaf = main.getCommand("c5")?.getCommand("leaf");
  assert.equal(leaf?.getPath(), "tool c5 leaf");
  assert.equal(leaf?.getParent()?.getName(), "c5");
  assert.equal(leaf?.getMainCommand(), main);
  assert.equal(main.getParent(), undefined);
  assert.equal(main.hasCommands(), true);
  assert.equal(leaf?.hasCommands(), false);
});

Deno.test("options are inherited first, own ones follow", () => {
  const leaf = tree().getCommand("c5")?.getCommand("leaf");
  assert.deepEqual(leaf?.getOptions().map((option) => option.name), ["json", "tag", "deep"]);
});

Deno.test("a name can be used once", () => {
  assert.throws(() => new Command().command("a").command("a"), /Duplicate command name "a"\./);
  assert.throws(() => new Command().command("a").alias("a"), /Duplicate command alias "a"\./);
  assert.throws(() => new Command().command(""), /Missing command name\./);
});

Deno.test("a name is free again with override", async () => {
  const command = new Command().noExit()
    .command("a").command("a", "Again.", { override: true }).option("-x", "");
  assert.deepEqual((await command.parse(["a", "-x"])).options, { x: true });
});
