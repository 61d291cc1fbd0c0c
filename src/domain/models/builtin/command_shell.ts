/**
 * The built-in model type `command/shell`: runs a command with `sh -c` and keeps its output as data
 * (contract: authoring 6.1).
 *
 * @module
 */
import { z } from "zod";
import type { MethodContext } from "../method_context.ts";
import type { MethodResult, ModelType } from "../model_type.ts";
import { shellLog } from "./shell_log.ts";
import { withSecretVariables } from "./shell_secrets.ts";
import { runShell, type ShellOutcome } from "./shell_process.ts";

/** So many last lines of stderr are part of the message when a command fails. */
const ERROR_LINES = 5;

const shellArguments = z.object({
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

const shellResult = z.object({
  exitCode: z.number().int().describe("-1 when the command was stopped or could not be started"),
  executedAt: z.string().describe("Start of the command, UTC, ISO 8601"),
  command: z.string(),
  durationMs: z.number().int().optional(),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
});

/** The built-in model type `command/shell`. */
export const COMMAND_SHELL: ModelType = {
  raw: "command/shell",
  type: "command/shell",
  version: "2026.02.09.1",
  resources: {
    result: {
      description: "Exit code and output of a shell command",
      schema: shellResult,
      lifetime: "infinite",
      garbageCollection: 10,
    },
  },
  files: {
    log: {
      description: "Output of a shell command as text",
      contentType: "text/plain",
      streaming: true,
      lifetime: "infinite",
      garbageCollection: 10,
    },
  },
  methods: {
    execute: {
      description: "Run a shell command and keep its output",
      arguments: shellArguments,
      execute: (args, context) => execute(args as z.output<typeof shellArguments>, context),
    },
  },
  checks: {},
  upgrades: [],
  reports: [],
};

async function execute(
  { run, workingDir, timeout, env, ignoreExitCode }: z.output<typeof shellArguments>,
  context: MethodContext,
): Promise<MethodResult> {
  const executedAt = new Date().toISOString();
  const { unresolvedMethodArgs, vaultSecrets, redactor } = context;
  const withTokens = String(unresolvedMethodArgs.run ?? run);
  const { script, variables } = withSecretVariables(withTokens, vaultSecrets);
  const outcome = await runShell({
    ...{ run: script, workingDir, timeout, signal: context.signal },
    env: { ...env, ...variables },
    onLine: (stream, line) => context.onEvent({ type: "output", stream, line }),
  });
  const { exitCode, durationMs } = outcome;
  const command = redactor.redact(run);
  const stdout = redactor.redact(outcome.stdout);
  // Kept for failed commands too: their output is what people need most.
  const stderr = redactor.redact(exitCode === -1 ? withReason(outcome) : outcome.stderr);
  const result = await context.writeResource("result", "result", {
    ...{ exitCode, executedAt, command, durationMs, stdout, stderr },
  });
  const log = await context.createFileWriter("log", "log").writeText(shellLog(stdout, stderr));
  if (exitCode !== 0 && !ignoreExitCode) throw new Error(failureText(outcome));
  return { dataHandles: [result, log] };
}

function withReason({ stderr, reason = "" }: ShellOutcome): string {
  return stderr === "" ? reason : `${stderr}\n${reason}`;
}

function failureText({ exitCode, reason, stderr }: ShellOutcome): string {
  const what = exitCode === -1 && reason !== undefined
    ? reason
    : `Command exited with code ${exitCode}`;
  const lines = stderr.split("\n").filter((line) => line.trim() !== "").slice(-ERROR_LINES);
  return [what, ...lines.map((line) => `  ${line}`)].join("\n");
}
