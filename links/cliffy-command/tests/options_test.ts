import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";
import { refuses } from "./command_line.ts";

async function options(command: Command, args: string[]): Promise<unknown> {
  const result = await command.noExit().parse(args);
  return result.options;
}

Deno.test("a flag without a value is true", async () => {
  const command = new Command().option("-f, --flag", "");
  assert.deepEqual(await options(command, ["--flag"]), { flag: true });
  assert.deepEqual(await options(command, ["-f"]), { flag: true });
  assert.deepEqual(await options(command, []), {});
});

Deno.test("an option is named after its first long flag, camel-cased", async () => {
  const command = new Command().option("-t, --template-engine, --engine <name:string>", "");
  for (const flag of ["-t", "--template-engine", "--engine"]) {
    assert.deepEqual(await options(command, [flag, "x"]), { templateEngine: "x" });
  }
});

Deno.test("an option with short flags only is named after the first", async () => {
  const command = new Command().option("-f, -x <value:string>", "");
  assert.deepEqual(await options(command, ["-x", "1"]), { f: "1" });
});

Deno.test("a value follows its flag or is attached with an equals sign", async () => {
  const command = new Command().option("-n, --name <name:string>", "");
  for (const args of [["--name", "a=b"], ["--name=a=b"], ["-n", "a=b"], ["-n=a=b"]]) {
    assert.deepEqual(await options(command, args), { name: "a=b" });
  }
});

Deno.test("short flags can be combined, the last one may take a value", async () => {
  const command = () =>
    new Command().option("-a, --all", "").option("-b, --brief", "").option("-n <n:number>", "");
  assert.deepEqual(await options(command(), ["-ab"]), { all: true, brief: true });
  assert.deepEqual(await options(command(), ["-abn", "5"]), { all: true, brief: true, n: 5 });
  assert.deepEqual(await options(command(), ["-an5"]), { all: true, n: 5 });
  assert.deepEqual(await options(command(), ["-an=5"]), { all: true, n: 5 });
});

Deno.test("a required value is the next word, whatever it looks like", async () => {
  const command = () =>
    new Command().option("-f, --flag <value:string>", "").option("-a, --all", "");
  for (const value of ["-a", "--all", "-1", "-12.5", "--x=y", "-----"]) {
    assert.deepEqual(await options(command(), ["-f", value]), { flag: value });
  }
});

Deno.test("negative numbers are values", async () => {
  const command = new Command().option("-n, --number <n:number>", "");
  assert.deepEqual(await options(command, ["-n", "-12.2"]), { number: -12.2 });
  assert.deepEqual(await options(command, ["--number=-1"]), { number: -1 });
});

Deno.test("an optional value may be left out: the option is true", async () => {
  const command = () => new Command().option("-c, --color [color:string]", "").option("-x", "");
  assert.deepEqual(await options(command(), ["-c"]), { color: true });
  assert.deepEqual(await options(command(), ["-c", "-x"]), { color: true, x: true });
  assert.deepEqual(await options(command(), ["-c", "red"]), { color: "red" });
});

Deno.test("an optional value declared with an equals sign needs one", async () => {
  const command = () => new Command().option("--color=[color:string]", "").arguments("[arg]");
  assert.deepEqual(await options(command(), ["--color=red"]), { color: "red" });
  const result = await command().noExit().parse(["--color", "red"]);
  assert.deepEqual([result.options, result.args], [{ color: true }, ["red"]]);
});

Deno.test("an option may take several values", async () => {
  const command = () =>
    new Command().option("-p, --point <x:number> <y:number> [label:string]", "");
  assert.deepEqual(await options(command(), ["-p", "1", "2"]), { point: [1, 2] });
  assert.deepEqual(await options(command(), ["-p", "1", "2", "top"]), { point: [1, 2, "top"] });
  await refuses(command(), ["-p", "1"], 'Missing value for option "--point".');
});

Deno.test("a variadic option takes values up to the next option", async () => {
  const command = () => new Command().option("-d, --dirs <dirs...:string>", "").option("-x", "");
  assert.deepEqual(await options(command(), ["-d", "a", "b", "c"]), { dirs: ["a", "b", "c"] });
  assert.deepEqual(await options(command(), ["-d", "a", "b", "-x"]), { dirs: ["a", "b"], x: true });
  await refuses(command(), ["-d"], 'Missing value for option "--dirs".');
});

Deno.test("dots before the name make a value variadic too", async () => {
  const command = new Command().option("--dirs <...dirs:string>", "");
  assert.deepEqual(await options(command, ["--dirs", "a", "b"]), { dirs: ["a", "b"] });
});

Deno.test("a list is split at its separator", async () => {
  const command = new Command()
    .option("-l, --list <items:number[]>", "")
    .option("-o, --other <items:string[]>", "", { separator: " " });
  assert.deepEqual(await options(command, ["-l", "1,2,3", "-o", "a b"]), {
    list: [1, 2, 3],
    other: ["a", "b"],
  });
});

Deno.test("a collected option may be repeated", async () => {
  const command = () =>
    new Command().option("-t, --tag <tag:string>", "", { collect: true })
      .option("-v, --verbose", "", { collect: true });
  assert.deepEqual(await options(command(), ["-t", "a", "--tag=b"]), { tag: ["a", "b"] });
  assert.deepEqual(await options(command(), ["-vvv"]), { verbose: [true, true, true] });
});

Deno.test("an option that is not collected can occur once", async () => {
  const command = () =>
    new Command().option("-j, --json", "").option("--no-json", "").option("-n <n:number>", "");
  const message = 'Option "--json" can only occur once, but was found several times.';
  await refuses(command(), ["--json", "-j"], message);
  await refuses(command(), ["--json", "--no-json"], message);
});

Deno.test("a value handler maps the parsed value", async () => {
  const command = new Command().option("-n <n:number>", "", (value: number) => ({ value }));
  assert.deepEqual(await options(command, ["-n", "1"]), { n: { value: 1 } });
});

Deno.test("a collecting value handler sees what was collected before", async () => {
  const command = new Command().option("-v, --verbose", "", {
    collect: true,
    value: (value: boolean, previous = 0) => (value ? previous + 1 : 0),
  });
  assert.deepEqual(await options(command, ["-vvv"]), { verbose: 3 });
});

Deno.test("a default value stands for an option that is not given", async () => {
  const command = () =>
    new Command()
      .option("--host <host:string>", "", { default: "localhost" })
      .option("--port <port:number>", "", { default: () => 80 });
  assert.deepEqual(await options(command(), []), { host: "localhost", port: 80 });
  assert.deepEqual(await options(command(), ["--port=0"]), { host: "localhost", port: 0 });
});

Deno.test("a default value passes through the value handler", async () => {
  const command = new Command().option("-d, --flavour <f:string>", "", {
    default: "plain",
    value: (value: string) => value.toUpperCase(),
  });
  assert.deepEqual(await options(command, []), { flavour: "PLAIN" });
});

Deno.test("a negated flag makes the option false", async () => {
  const command = () =>
    new Command().option("--color <color:string>", "", { default: "yellow" }).option(
      "--no-color",
      "",
    );
  assert.deepEqual(await options(command(), []), { color: "yellow" });
  assert.deepEqual(await options(command(), ["--color", "red"]), { color: "red" });
  assert.deepEqual(await options(command(), ["--no-color"]), { color: false });
});

Deno.test("a negated flag alone makes the option true unless it is given", async () => {
  const command = () => new Command().option("--no-check", "");
  assert.deepEqual(await options(command(), []), { check: true });
  assert.deepEqual(await options(command(), ["--no-check"]), { check: false });
});

Deno.test("dotted options are nested", async () => {
  const command = new Command()
    .option("-b.a, --bitrate.audio, --audio-bitrate <rate:number>", "")
    .option("-b.v, --bitrate.video <rate:number>", "");
  const expected = { bitrate: { audio: 300, video: 900 } };
  assert.deepEqual(await options(command, ["-b.a", "300", "-b.v", "900"]), expected);
  assert.deepEqual(
    await options(command, ["--audio-bitrate", "300", "--bitrate.video=900"]),
    expected,
  );
});

Deno.test("an empty value is as good as none", async () => {
  const command = () =>
    new Command()
      .option("--opt [value:number]", "")
      .option("--req <value:string>", "")
      .option("--tag <value:string>", "", { collect: true })
      .option("--multi [a:string] [b:string] [c:string]", "")
      .option("--more [...more:string]", "");
  const args = ["--opt", "", "--req", "", "--tag", "", "--tag", "x"];
  assert.deepEqual(await options(command(), args), { tag: ["x"] });
  assert.deepEqual(await options(command(), ["--multi", "", "b", ""]), {
    multi: [undefined, "b", undefined],
  });
  assert.deepEqual(await options(command(), ["--more", "", "a", "", "b"]), { more: ["a", "b"] });
});

Deno.test("an option without a value refuses one", async () => {
  const command = () => new Command().option("-j, --json", "");
  await refuses(
    command(),
    ["--json=false"],
    `Option "--json" doesn't take a value, but got "false".`,
  );
  await refuses(command(), ["-j=1"], `Option "--json" doesn't take a value, but got "1".`);
});

Deno.test("a missing value is named after the option, not the flag", async () => {
  const command = () => new Command().option("-l, --log-level <level:string>", "");
  await refuses(command(), ["-l"], 'Missing value for option "--log-level".');
  await refuses(command(), ["--log-level"], 'Missing value for option "--log-level".');
});

Deno.test("an unknown option comes with the nearest known one", async () => {
  const command = () => new Command().option("--json", "").option("--log", "");
  await refuses(command(), ["--bogus"], 'Unknown option "--bogus". Did you mean option "--log"?');
  await refuses(command(), ["-t"], 'Unknown option "-t". Did you mean option "-h"?');
  await refuses(command(), ["--lgo=1"], 'Unknown option "--lgo". Did you mean option "--log"?');
});

Deno.test("words after -- are literal", async () => {
  const command = new Command().option("-f, --flag [value:string]", "");
  const result = await command.noExit().parse(["-f", "value", "--", "-t", "--flag"]);
  assert.deepEqual(result.options, { flag: "value" });
  assert.deepEqual(result.args, []);
  assert.deepEqual(result.literal, ["-t", "--flag"]);
});

Deno.test("an overriding option takes the place of the earlier one", async () => {
  const command = new Command()
    .option("-f, --foo", "")
    .option("-x, --foo, --other <value:string>", "", { override: true });
  assert.deepEqual(await options(command, ["--other", "1"]), { foo: "1" });
});
