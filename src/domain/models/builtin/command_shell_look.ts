/**
 * A look at arguments and results of `command/shell` that spares most runs the loading of zod. What it
 * takes, the schemas in `command_shell_schemas.ts` give back as it is; the reverse need not hold.
 *
 * @module
 */

type Members = Readonly<Record<string, (value: unknown) => boolean>>;

const ARGUMENTS: Members = {
  run: (value) => isText(value) && value !== "",
  workingDir: isText,
  timeout: (value) => isInteger(value) && Number(value) > 0,
  env: (value) => isMap(value) && Object.entries(value).every(([, text]) => isText(text)),
  ignoreExitCode: (value) => typeof value === "boolean",
};

const RESULT: Members = {
  exitCode: isInteger,
  executedAt: isText,
  command: isText,
  durationMs: isInteger,
  stdout: isText,
  stderr: isText,
};

/** Whether these are sound arguments of `execute`. */
export function isShellArguments(data: unknown): boolean {
  return hasSoundMembers(data, ARGUMENTS, ["run"]);
}

/** Whether these are sound data of the resource `result`. */
export function isShellResult(data: unknown): boolean {
  return hasSoundMembers(data, RESULT, ["exitCode", "executedAt", "command"]);
}

function hasSoundMembers(data: unknown, members: Members, required: readonly string[]): boolean {
  return isMap(data) && required.every((name) => Object.hasOwn(data, name)) &&
    Object.entries(data).every(([name, value]) =>
      Object.hasOwn(members, name) && members[name]!(value)
    );
}

/** Maps with a prototype of their own, or with keys that are no texts, are for zod to judge. */
function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Reflect.ownKeys(value).length === Object.keys(value).length;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isInteger(value: unknown): boolean {
  return Number.isSafeInteger(value);
}
