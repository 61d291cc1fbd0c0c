import type { Command } from "../command.ts";
import { envVarKey } from "../definition/names.ts";
import { MissingRequiredEnvVarError } from "../errors.ts";
import type { EnvVar } from "../types.ts";
import { parseArgumentValue } from "./value.ts";

/**
 * The values of the command's environment variables by the names they have as options.
 *
 * @throws {ValidationError} when a value is of the wrong type or a required variable is not set.
 */
export function readEnvVars(command: Command): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const envVar of command.getEnvVars(true)) {
    const name = envVar.names.find((candidate) => readEnv(candidate, envVar));
    if (name === undefined) {
      if (envVar.required) throw new MissingRequiredEnvVarError(envVar);
      continue;
    }
    const raw = readEnv(name, envVar)!;
    const label = "Environment variable";
    const value = parseArgumentValue(command, envVar.details, label, name, raw);
    values.set(envVarKey(envVar.name, envVar.prefix), envVar.value ? envVar.value(value) : value);
  }
  return values;
}

/** A variable that may not be read counts as not set, unless it is required. */
function readEnv(name: string, { required }: EnvVar): string | undefined {
  if (
    !required &&
    Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted"
  ) {
    return undefined;
  }
  return Deno.env.get(name);
}
