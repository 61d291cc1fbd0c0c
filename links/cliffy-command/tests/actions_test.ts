import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";

Deno.test("an action gets options and arguments, and the command as this", async () => {
  const seen: unknown[] = [];
  const command = new Command().noExit().option("-n <n:number>", "").arguments("<a> [b]")
    .action(function (options, ...args) {
      seen.push(this, options, args);
    });
  const result = await command.parse(["-n", "1", "x"]);
  assert.deepEqual(seen.slice(1), [{ n: 1 }, ["x"]]);
  assert.equal(seen[0], command);
  assert.deepEqual([result.options, result.args], seen.slice(1));
});

Deno.test("parse waits for the action", async () => {
  let done = false;
  await new Command().noExit().action(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    done = true;
  }).parse([]);
  assert.equal(done, true);
});

Deno.test("global actions run before the action, from the top down", async () => {
  const ran: string[] = [];
  const command = new Command().noExit().globalAction(() => void ran.push("main"))
    .command(
      "sub",
      new Command().globalAction(() => void ran.push("sub"))
        .command("leaf").action(() => void ran.push("leaf")).reset(),
    );
  await command.parse(["sub", "leaf"]);
  assert.deepEqual(ran, ["main", "sub", "leaf"]);
});

Deno.test("the action of an option runs before the command's", async () => {
  const ran: string[] = [];
  const command = new Command().noExit()
    .option("--one", "", { action: () => void ran.push("one") })
    .option("--two", "", { action: () => void ran.push("two") })
    .action(() => void ran.push("main"));
  await command.parse(["--two", "--one"]);
  assert.deepEqual(ran, ["two", "one", "main"]);
});

Deno.test("the action of a standalone option runs instead of the command's", async () => {
  const ran: string[] = [];
  const command = new Command().noExit()
    .option("--info", "", { standalone: true, action: () => void ran.push("info") })
    .action(() => void ran.push("main"));
  const { options } = await command.parse(["--info"]);
  assert.deepEqual([ran, options], [["info"], { info: true }]);
});

Deno.test("a standalone option without an action leaves the command's", async () => {
  const ran: string[] = [];
  await new Command().noExit().option("--plain", "", { standalone: true })
    .action(() => void ran.push("main")).parse(["--plain"]);
  assert.deepEqual(ran, ["main"]);
});

Deno.test("an option handler sees the command that was reached", async () => {
  const seen: string[] = [];
  const command = new Command().noExit().name("tool")
    .globalOption("--info", "", {
      action(this: Command) {
        seen.push(this.getPath());
      },
    })
    .command("sub").action(() => {});
  await command.parse(["--info", "sub"]);
  assert.deepEqual(seen, ["tool sub"]);
});

Deno.test("a command can be parsed again", async () => {
  const command = new Command().noExit().option("-t <t:string>", "", { collect: true });
  assert.deepEqual((await command.parse(["-t", "a"])).options, { t: ["a"] });
  assert.deepEqual((await command.parse(["-t", "b"])).options, { t: ["b"] });
});

Deno.test("the literal words are known to the action", async () => {
  let literal: string[] = [];
  await new Command().noExit().action(function () {
    literal = this.getLiteralArgs();
  }).parse(["--", "a", "-b"]);
  assert.deepEqual(literal, ["a", "-b"]);
});
