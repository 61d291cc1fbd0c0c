import * as assert from "node:assert/strict";
import {
  type ArgumentValue,
  Command,
  EnumType,
  IntegerType,
  StringType,
  Type,
  ValidationError,
} from "@cliffy/command";
import { refuses } from "./command_line.ts";

async function value(command: Command, word: string): Promise<unknown> {
  return (await command.noExit().parse(["--value", word])).options.value;
}

function typed(type: string): Command {
  return new Command().option(`--value <v:${type}>`, "");
}

Deno.test("a boolean is true, false, 1 or 0", async () => {
  assert.equal(await value(typed("boolean"), "true"), true);
  assert.equal(await value(typed("boolean"), "1"), true);
  assert.equal(await value(typed("boolean"), "false"), false);
  assert.equal(await value(typed("boolean"), "0"), false);
  await refuses(
    typed("boolean"),
    ["--value", "yes"],
    'Option "--value" must be of type "boolean", but got "yes". ' +
      'Expected values: "true", "false", "1", "0"',
  );
});

Deno.test("a number is anything finite", async () => {
  assert.equal(await value(typed("number"), "1.5e3"), 1500);
  for (const word of ["x", "1x", "Infinity", "NaN"]) {
    await refuses(
      typed("number"),
      ["--value", word],
      `Option "--value" must be of type "number", but got "${word}".`,
    );
  }
});

Deno.test("an integer has no fraction", async () => {
  assert.equal(await value(typed("integer"), "-3"), -3);
  await refuses(
    typed("integer"),
    ["--value", "1.23"],
    'Option "--value" must be of type "integer", but got "1.23".',
  );
});

Deno.test("an enum lists what it accepts", async () => {
  const command = () => typed("tool").type("tool", new EnumType(["claude", "none"]));
  assert.equal(await value(command(), "none"), "none");
  await refuses(
    command(),
    ["--value", "bogus"],
    'Option "--value" must be of type "tool", but got "bogus". Expected values: "claude", "none"',
  );
});

Deno.test("an enum may be made of an enum, and of numbers", async () => {
  enum Color {
    Red = "red",
    Blue = "blue",
  }
  assert.equal(await value(typed("c").type("c", new EnumType(Color)), "blue"), Color.Blue);
  assert.equal(await value(typed("n").type("n", new EnumType([1, 2])), "2"), 2);
});

Deno.test("a type may be a function", async () => {
  const command = typed("loud").type("loud", ({ value }: ArgumentValue) => value.toUpperCase());
  assert.equal(await value(command, "x"), "X");
});

Deno.test("a type may be a class", async () => {
  class Even extends IntegerType {
    override parse(type: ArgumentValue): number {
      const parsed = super.parse(type);
      if (parsed % 2 !== 0) throw new ValidationError(`${type.label} "${type.name}" is odd.`);
      return parsed;
    }
  }
  const command = () => typed("even").type("even", new Even());
  assert.equal(await value(command(), "4"), 4);
  await refuses(command(), ["--value", "3"], 'Option "--value" is odd.');
});

Deno.test("a type is told what it parses", async () => {
  const seen: ArgumentValue[] = [];
  class Recorder extends Type<string> {
    override parse(type: ArgumentValue): string {
      seen.push(type);
      return type.value;
    }
  }
  await new Command().noExit().type("rec", new Recorder())
    .option("-o, --opt <o:rec>", "").arguments("<arg:rec>")
    .parse(["-o", "1", "2"]);
  assert.deepEqual(seen, [
    { label: "Option", type: "rec", name: "--opt", value: "1" },
    { label: "Argument", type: "rec", name: "arg", value: "2" },
  ]);
});

Deno.test("a global type is known below, an own one is not", async () => {
  const command = () =>
    new Command().noExit()
      .globalType("everywhere", new StringType())
      .type("here", new StringType())
      .command("sub").option("-a <a:everywhere>", "").option("-b <b:here>", "");
  assert.deepEqual((await command().parse(["sub", "-a", "x"])).options, { a: "x" });
  await assert.rejects(
    command().parse(["sub", "-b", "x"]),
    (error: Error) => error.message.startsWith('Unknown type "here".'),
  );
});

Deno.test("a type can be registered once", () => {
  const command = new Command().type("a", new StringType());
  assert.throws(() => command.type("a", new StringType()), /Type with name "a" already exists\./);
  command.type("a", new StringType(), { override: true });
});
