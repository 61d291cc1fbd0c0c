import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";
import { refuses } from "./command_line.ts";

/** Runs `body` with environment variables set, and unsets them again. */
async function withEnv(env: Record<string, string>, body: () => Promise<void>): Promise<void> {
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  try {
    await body();
  } finally {
    for (const name of Object.keys(env)) Deno.env.delete(name);
  }
}

Deno.test("an environment variable arrives as an option", async () => {
  await withEnv({ CLIFFY_TEST_LIMIT: "5" }, async () => {
    const command = new Command().noExit().env("CLIFFY_TEST_LIMIT=<n:number>", "");
    assert.deepEqual((await command.parse([])).options, { cliffyTestLimit: 5 });
  });
});

Deno.test("a variable without a value definition is a boolean", async () => {
  await withEnv({ CLIFFY_TEST_DEBUG: "1" }, async () => {
    const command = new Command().noExit().env("CLIFFY_TEST_DEBUG", "");
    assert.deepEqual((await command.parse([])).options, { cliffyTestDebug: true });
  });
});

Deno.test("a prefix is left out of the name", async () => {
  await withEnv({ CLIFFY_TEST_ROOT: "/x" }, async () => {
    const command = () =>
      new Command().noExit()
        .env("CLIFFY_TEST_ROOT=<path:string>", "", { prefix: "CLIFFY_TEST_" })
        .option("--root <path:string>", "", { default: "/default" });
    assert.deepEqual((await command().parse([])).options, { root: "/x" });
    assert.deepEqual((await command().parse(["--root", "/y"])).options, { root: "/y" });
  });
});

Deno.test("the first variable of several names that is set counts", async () => {
  await withEnv({ CLIFFY_TEST_B: "b" }, async () => {
    const command = new Command().noExit().env("CLIFFY_TEST_A, CLIFFY_TEST_B=<v:string>", "");
    assert.deepEqual((await command.parse([])).options, { cliffyTestA: "b" });
  });
});

Deno.test("a global variable is seen below, an own one is not", async () => {
  await withEnv({ CLIFFY_TEST_A: "a", CLIFFY_TEST_B: "b" }, async () => {
    const command = new Command().noExit()
      .globalEnv("CLIFFY_TEST_A=<v:string>", "")
      .env("CLIFFY_TEST_B=<v:string>", "")
      .command("sub");
    assert.deepEqual((await command.parse(["sub"])).options, { cliffyTestA: "a" });
  });
});

Deno.test("a wrong value is named after the variable", async () => {
  await withEnv({ CLIFFY_TEST_LIMIT: "x" }, async () => {
    await refuses(
      new Command().env("CLIFFY_TEST_LIMIT=<n:number>", ""),
      [],
      'Environment variable "CLIFFY_TEST_LIMIT" must be of type "number", but got "x".',
    );
  });
});

Deno.test("a required variable must be set", async () => {
  await refuses(
    new Command().env("CLIFFY_TEST_NONE=<v:string>", "", { required: true }),
    [],
    'Missing required environment variable "CLIFFY_TEST_NONE".',
  );
});

Deno.test("a variable satisfies a required option", async () => {
  await withEnv({ CLIFFY_TEST_PATH: "/x" }, async () => {
    const command = new Command().noExit()
      .env("CLIFFY_TEST_PATH=<path:string>", "", { prefix: "CLIFFY_TEST_" })
      .option("--path <path:string>", "", { required: true });
    assert.deepEqual((await command.parse([])).options, { path: "/x" });
  });
});

Deno.test("a mapper changes the value of a variable", async () => {
  await withEnv({ CLIFFY_TEST_A: "a" }, async () => {
    const command = new Command().noExit()
      .env("CLIFFY_TEST_A=<v:string>", "", { value: (value: string) => value + value });
    assert.deepEqual((await command.parse([])).options, { cliffyTestA: "aa" });
  });
});

Deno.test("a variable has exactly one required value", () => {
  const declare = (definition: string) => () => new Command().env(definition, "");
  assert.throws(declare("A=[v:string]"), /cannot have an optional value/);
  assert.throws(declare("A=<v...:string>"), /cannot have an variadic value/);
  assert.throws(declare("A=<v:string> <w:string>"), /can only have one value/);
});

Deno.test("a variable can be declared once", () => {
  assert.throws(
    () => new Command().env("A", "").env("A", ""),
    /Environment variable with name "A" already exists\./,
  );
});
