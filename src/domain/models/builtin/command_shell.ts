/**
 * The built-in model type `command/shell`: runs a command with `sh -c` and keeps its output as data
 * (contract: authoring 6.1).
 *
 * @module
 */
import type { MethodContext } from "../method_context.ts";
import type { MethodResult, ModelType } from "../model_type.ts";
import { quickSchema } from "../value_schema.ts";
import { isShellArguments, isShellResult } from "./command_shell_look.ts";
import type { ShellArguments } from "./command_shell_schemas.ts";
import { shellLog } from "./shell_log.ts";
import { withSecretVariables } from "./shell_secrets.ts";
import { runShell, type ShellOutcome } from "./shell_process.ts";

/** So many last lines of stderr are part of the message when a command fails. */
const ERROR_LINES = 5;

const shellArguments = quickSchema(
  isShellArguments,
  async () => (await import("./command_shell_schemas.ts")).shellArguments,
);

const shellResult = quickSchema(
  isShellResult,
  async () => (await import("./command_shell_schemas.ts")).shellResult,
);

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
      execute: (args, context) => execute(args as ShellArguments, context),
    },
  },
  checks: {},
  upgrades: [],
  reports: [],
};

async function execute(
  { run, workingDir, timeout, env, ignoreExitCode }: ShellArguments,
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
