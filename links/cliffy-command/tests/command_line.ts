import * as assert from "node:assert/strict";
import { type Command, ValidationError } from "@cliffy/command";

/** The project's configuration: it says which package `@cliffy/command` is. */
const CONFIG = new URL("../../../deno.json", import.meta.url).pathname;
/** A program made with the package. */
export const TOOL = new URL("./tool.ts", import.meta.url).pathname;

/** The usage error of a command line that must not be accepted. */
export async function usageError(command: Command, args: string[]): Promise<ValidationError> {
  const outcome = await command.throwErrors().parse(args).then(
    () => assert.fail(`accepted: ${args.join(" ")}`),
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof ValidationError, String(outcome));
  return outcome;
}

/** Checks that a command line is refused with exactly this message. */
export async function refuses(command: Command, args: string[], message: string): Promise<void> {
  assert.equal((await usageError(command, args)).message, message);
}

/** What a run of the program printed and how it ended. */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** How the program is started, as the words of a command line. */
export const TOOL_COMMAND = [Deno.execPath(), "run", "-A", "--quiet", "--config", CONFIG, TOOL];

/** Runs the program in a process of its own. */
export async function runTool(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const [program = "", ...words] = TOOL_COMMAND;
  const output = await new Deno.Command(program, {
    args: [...words, ...args],
    env: { NO_COLOR: "1", ...env },
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}
