import * as assert from "node:assert/strict";
import { Command, ValidationError } from "@cliffy/command";
import { runTool, usageError } from "./command_line.ts";

Deno.test("a usage error prints help on stdout, one line on stderr and exits with 2", async () => {
  const { code, stdout, stderr } = await runTool(["model", "get"]);
  assert.equal(code, 2);
  assert.match(stdout, /^\nUsage: +tool model get <name> \[more\.\.\.\]\n/);
  assert.equal(stderr, "  error: Missing argument(s): name\n\n");
});

Deno.test("the help is that of the command that failed", async () => {
  const { code, stdout, stderr } = await runTool(["model", "gt"]);
  assert.equal(code, 2);
  assert.match(stdout, /^\nUsage: +tool model\n/);
  assert.equal(stderr, '  error: Unknown command "gt". Did you mean command "get"?\n\n');
});

Deno.test("an error of an action chooses its exit code", async () => {
  const { code, stdout, stderr } = await runTool(["fail", "--code", "7"]);
  assert.equal(code, 7);
  assert.match(stdout, /Usage: +tool fail\n/);
  assert.equal(stderr, "  error: It failed.\n\n");
});

Deno.test("an error that is not about usage is thrown", async () => {
  const { code, stdout, stderr } = await runTool(["crash"]);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /TypeError: It crashed\./);
});

Deno.test("a validation error says 2 unless it is told otherwise", () => {
  assert.equal(new ValidationError("x").exitCode, 2);
  assert.equal(new ValidationError("x", { exitCode: 1 }).exitCode, 1);
  const cause = new Error("y");
  assert.equal(new ValidationError("x", { cause }).cause, cause);
});

Deno.test("an error knows its command", async () => {
  const command = new Command().name("tool").command("sub <a:number>").reset();
  const error = await usageError(command, ["sub", "x"]);
  assert.equal(error.cmd?.getPath(), "tool sub");
  assert.equal(error.exitCode, 2);
});

Deno.test("the nearest error handler is called, then the error is thrown", async () => {
  const seen: string[] = [];
  const command = () =>
    new Command().throwErrors().error((error, cmd) =>
      seen.push(`main ${cmd.getName()} ${error.message}`)
    )
      .command(
        "a",
        new Command().command("leaf").action(() => {
          throw new Error("oops");
        }).reset(),
      )
      .command("b").error((error, cmd) => seen.push(`b ${cmd.getName()} ${error.message}`))
      .action(() => {
        throw new ValidationError("wrong");
      })
      .reset();
  await assert.rejects(command().parse(["a", "leaf"]), /oops/);
  await assert.rejects(command().parse(["b"]), ValidationError);
  assert.deepEqual(seen, ["main leaf oops", "b b wrong"]);
});

Deno.test("a handler sees what was parsed by then", async () => {
  const seen: unknown[] = [];
  const command = () =>
    new Command().throwErrors().option("--foo <foo:string>", "").arguments("[arg:string]")
      .error((_error, _cmd, { options, args }) => seen.push(options, args))
      .action(() => {
        throw new Error("oops");
      });
  await assert.rejects(command().parse(["--foo", "x", "y"]), /oops/);
  await assert.rejects(command().parse(["z", "--unknown"]), ValidationError);
  assert.deepEqual(seen, [{ foo: "x" }, ["y"], {}, []]);
});

Deno.test("throwErrors on the main command counts for all", async () => {
  const command = new Command().throwErrors().command("a", new Command().command("b").reset());
  await assert.rejects(command.parse(["a", "b", "x"]), ValidationError);
});

Deno.test("throw handles an error from outside like one from within", () => {
  const seen: string[] = [];
  const command = new Command().throwErrors().error((error) => seen.push(error.message));
  assert.throws(() => command.throw(new ValidationError("late")), ValidationError);
  assert.deepEqual(seen, ["late"]);
});

Deno.test("relations to undeclared options are an error of the program", async () => {
  const command = new Command().throwErrors().option("-a", "", { depends: ["nope"] });
  await assert.rejects(
    command.parse(["-a"]),
    (error: Error) => error.message.startsWith('Unknown required option "--nope".'),
  );
});
