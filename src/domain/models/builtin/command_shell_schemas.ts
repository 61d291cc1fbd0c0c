import { z } from "zod";

/** Arguments of `execute`. */
export const shellArguments = z.object({
  run: z.string().min(1).describe("Command line, executed as sh -c <run>"),
  workingDir: z.string().optional()
    .describe("Folder to run in; without it the folder in which swamp was started"),
  timeout: z.number().int().positive().optional()
    .describe("Milliseconds after which the command and all its children are stopped"),
  env: z.record(z.string(), z.string()).optional()
    .describe("Environment variables, added to the inherited ones"),
  ignoreExitCode: z.boolean().optional()
    .describe("Succeed whatever the exit code is"),
});

/** Arguments of `execute` that are as they must be. */
export type ShellArguments = z.output<typeof shellArguments>;

/** Data of the resource `result`. */
export const shellResult = z.object({
  exitCode: z.number().int().describe("-1 when the command was stopped or could not be started"),
  executedAt: z.string().describe("Start of the command, UTC, ISO 8601"),
  command: z.string(),
  durationMs: z.number().int().optional(),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
});
