import * as assert from "node:assert/strict";
import { Command, EnumType } from "@cliffy/command";
import { runTool } from "./command_line.ts";

function help(command: Command, long = false): string {
  return command.help({ colors: false, width: 100 }).getHelp({ long });
}

Deno.test("help has its blocks in their order", () => {
  const command = new Command()
    .name("tool")
    .version("1.0.0")
    .meta("deno", "2")
    .description("Main.\nMore.")
    .argument("<in:file>", "What to read.")
    .option("-f, --file <path:file>", "A file.", { required: true })
    .env("TOOL_HOME=<path:string>", "Home.")
    .example("One file", "tool -f x in")
    .command("sub", "A command.")
    .reset();
  const expected = [
    "",
    "Usage:   tool <in> --file <path>",
    "Version: 1.0.0                  ",
    "",
    "deno: 2",
    "",
    "Description:",
    "",
    "  Main.",
    "  More.",
    "",
    "Arguments:",
    "",
    "  <in>  - What to read.  (required)",
    "",
    "Options:",
    "",
    "  -h, --help             - Show this help.                                      ",
    "  -V, --version          - Show the version number for this program.            ",
    "  -f, --file     <path>  - A file.                                    (required)",
    "",
    "Commands:",
    "",
    "  sub  - A command.",
    "",
    "Environment variables:",
    "",
    "  TOOL_HOME  <path>  - Home.  ",
    "",
    "Examples:",
    "",
    "  One file: tool -f x in",
    "",
  ].join("\n");
  assert.equal(help(command), expected);
});

Deno.test("without values there is no column for them", () => {
  const command = new Command().usage("foo bar").arguments("<foo> [bar]");
  assert.equal(
    help(command),
    "\nUsage: COMMAND foo bar\n\nOptions:\n\n  -h, --help  - Show this help.  \n",
  );
});

Deno.test("commands are listed with aliases, arguments and the first line of their text", () => {
  const command = new Command().helpOption(false).name("tool")
    .command("get, g <name> [more...]", "Get it.\nMore about it.")
    .command("put", "Put it.")
    .reset();
  assert.equal(
    help(command),
    "\nUsage: tool\n\nCommands:\n\n" +
      "  get, g  <name> [more...]  - Get it.\n" +
      "  put                       - Put it.\n",
  );
});

Deno.test("hidden things are left out", () => {
  const command = new Command().name("tool").helpOption(false)
    .option("--shown", "Seen.").option("--secret", "Unseen.", { hidden: true })
    .env("SECRET", "Unseen.", { hidden: true })
    .command("secret", "Unseen.").hidden()
    .reset();
  assert.equal(help(command), "\nUsage: tool\n\nOptions:\n\n  --shown  - Seen.  \n");
});

Deno.test("hints tell defaults, relations and values", () => {
  const command = new Command().name("tool").helpOption(false)
    .type("color", new EnumType(["red", "blue"]))
    .option("-a <a:number>", "A.", { default: 5 })
    .option("-b <b:string>", "B.", { default: "x", defaultText: "some text" })
    .option("-c <c:color>", "C.", { required: true, depends: ["a"], conflicts: ["b"] });
  const hints = help(command).split("\n").filter((line) => line.startsWith("  -"))
    .map((line) => line.slice(line.indexOf("(")).trimEnd());
  assert.deepEqual(hints, [
    "(Default: 5)",
    '(Default: "some text")',
    '(required, Depends: -a, Conflicts: -b, Values: "red", "blue")',
  ]);
});

Deno.test("a secret default is not shown", () => {
  const command = new Command().option("--token <token:secret>", "T.", { default: "hunter2" });
  assert.doesNotMatch(help(command), /hunter2/);
});

Deno.test("short help has the first lines of options, long help all lines", () => {
  const command = new Command().name("tool").helpOption(false)
    .option("-m <m:string>", "\n    First.\n      Second.\n    Third.");
  assert.match(help(command), / - First\. +\n$/);
  assert.match(help(command, true), /- First\. +\n {15}Second\. *\n {13}Third\. *\n$/);
});

Deno.test("options can be grouped", () => {
  const command = new Command().name("tool").option("--foo", "Foo.")
    .group("Other options").option("--bar", "Bar.");
  assert.equal(
    help(command),
    "\nUsage: tool\n\nOptions:\n\n  -h, --help  - Show this help.  \n  --foo       - Foo.             \n" +
      "\nOther options:\n\n  --bar  - Bar.  \n",
  );
});

Deno.test("types are shown on demand", () => {
  const command = new Command().name("tool").helpOption(false).arguments("<a:number> [...b:file]");
  const text = command.help({ colors: false, types: true }).getHelp();
  assert.equal(text, "\nUsage: tool <a:number> [b...:file]\n");
});

Deno.test("help can be replaced, for sub-commands too", () => {
  const command = new Command().name("tool").help(function () {
    return `help of ${this.getName()}`;
  }).command("a").command("b").help("own help").reset();
  assert.equal(command.getHelp(), "help of tool");
  assert.equal(command.getCommand("a")?.getHelp(), "help of a");
  assert.equal(command.getCommand("b")?.getHelp(), "own help");
});

Deno.test("the version is inherited", () => {
  const command = new Command().version("1.0").command("a").command("b").version("2.0").reset();
  assert.equal(command.getCommand("a")?.getVersion(), "1.0");
  assert.equal(command.getCommand("b")?.getVersion(), "2.0");
});

Deno.test("a description loses the indentation of the source", () => {
  const command = new Command().description(`
    First.
      Second.

    Third.
  `);
  assert.equal(command.getDescription(), "First.\n  Second.\n\nThird.");
  assert.equal(command.getShortDescription(), "First.");
});

Deno.test("-h and --help print help and exit with 0", async () => {
  const short = await runTool(["model", "-h"]);
  assert.deepEqual([short.code, short.stderr], [0, ""]);
  assert.match(short.stdout, /^\nUsage: +tool model\n/);
  assert.equal((await runTool(["--help", "model"])).stdout, short.stdout);
});

Deno.test("-V prints the version, --version the program's name too", async () => {
  assert.equal((await runTool(["-V"])).stdout, "1.2.3\n");
  assert.equal((await runTool(["--version"])).stdout, "tool 1.2.3\n");
});

Deno.test("a command that has only sub-commands prints its help", async () => {
  const bare = await runTool(["model"]);
  assert.equal(bare.code, 0);
  assert.equal(bare.stdout, (await runTool(["model", "-h"])).stdout);
});

Deno.test("help of a bare command can be switched off", async () => {
  const command = new Command().noExit().help({ auto: false }).command("sub").reset();
  const result = await command.parse([]);
  assert.equal(result.cmd, command);
});

Deno.test("colours are off with NO_COLOR, on without", async () => {
  const escape = "\x1b[";
  assert.equal((await runTool(["-h"])).stdout.includes(escape), false);
  assert.equal((await runTool(["-h"], { NO_COLOR: "" })).stdout.includes(escape), true);
});

Deno.test("the help option can be changed", async () => {
  let called = 0;
  const command = new Command().noExit().helpOption("-x, --x-help", "", () => {
    called++;
  }).command("sub", new Command().command("leaf").reset()).reset();
  for (const words of [["-x"], ["sub", "-x"], ["sub", "leaf", "--x-help"]]) {
    await command.parse(words);
  }
  assert.equal(called, 3);
});
