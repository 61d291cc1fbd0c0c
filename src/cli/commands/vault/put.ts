import { EXIT_CODES, UserError } from "../../../domain/errors.ts";
import { planPut, putSecret, secretExists } from "../../../libswamp/vaults/put_secret.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { Output } from "../../output/output.ts";
import { renderPutSecret } from "../../output/vaults/secret.ts";
import { askHidden, readSecret } from "../../secret_input.ts";
import { confirm } from "../../stdin.ts";

/** A key, and where its value comes from. */
type GivenSecret =
  | { readonly key: string; readonly from: "argument"; readonly value: string }
  | { readonly key: string; readonly from: "stdin" | "prompt" };

/** `swamp vault put <vault_name> <key> [value]` (contract: cli-automation 6.3). */
export const command: CommandSpec = {
  arguments: "<vault_name:string> <key:string> [value:string]",
  options: [{ flags: "-f, --force", description: "Overwrite a secret without asking" }],
  repository: "required",
  confidential: true,
  examples: [
    { title: "Asked for without echo", command: "swamp vault put main db-password" },
    { title: "From stdin", command: "swamp vault put main tls-key < key.pem" },
    { title: "On the command line", command: "swamp vault put main region=eu-west-1" },
  ],
  async run({ output, services }, options, [nameOrId = "", first = "", second]) {
    const force = options.force === true;
    const given = givenSecret(nameOrId, first, second, output);
    const dependencies = {
      vaults: await services.vaults(),
      vaultService: await services.vaultService(),
      locks: await services.locks(),
      now: () => new Date(),
    };
    const place = await planPut(dependencies, nameOrId, given.key, force);
    if (place.exists && !force) {
      if (output.mode === "json") throw secretExists(place);
      if (given.from === "stdin") throw secretExists(place, " when piping from stdin");
      const question =
        `Secret '${place.key}' already exists in vault '${place.vaultName}'. Overwrite?`;
      if (!await confirm(question)) return cancelled(output);
    }
    const value = await valueOf(given, nameOrId, place.vaultName);
    if (value === undefined) return cancelled(output);
    const mayOverwrite = force || place.exists === true;
    output.result(await putSecret(dependencies, place, value, mayOverwrite), renderPutSecret);
  },
};

function givenSecret(
  vault: string,
  first: string,
  second: string | undefined,
  output: Output,
): GivenSecret {
  if (second !== undefined) return { key: first, from: "argument", value: second };
  const equals = first.indexOf("=");
  if (equals === 0 || first === "") throw invalidFormat(vault, first);
  if (equals > 0) {
    return { key: first.slice(0, equals), from: "argument", value: first.slice(equals + 1) };
  }
  if (!Deno.stdin.isTerminal()) return { key: first, from: "stdin" };
  if (output.mode === "json") throw invalidFormat(vault, first);
  return { key: first, from: "prompt" };
}

/** The value; `undefined` where nothing was typed. */
async function valueOf(
  given: GivenSecret,
  vault: string,
  vaultName: string,
): Promise<string | undefined> {
  if (given.from === "argument") return given.value;
  if (given.from === "prompt") {
    return await askHidden(`Value of secret '${given.key}' in vault '${vaultName}' (hidden):`) ||
      undefined;
  }
  const value = await readSecret();
  if (value === undefined) throw invalidFormat(vault, given.key);
  return value;
}

function cancelled(output: Output): number {
  output.log("warning", "vault·put", "Operation cancelled.");
  return EXIT_CODES.success;
}

/** @param argument what stands for the key; what comes after its `=` may be a secret. */
function invalidFormat(vault: string, argument: string): UserError {
  const key = argument.replace(/=.*$/s, "=***");
  return new UserError(
    "invalid_argument",
    [
      `Invalid argument format: ${key}`,
      "",
      "Provide the value as a separate argument, inline, or via stdin:",
      `  swamp vault put ${vault} <key> <value>`,
      `  swamp vault put ${vault} <key>=<value>`,
      `  echo <value> | swamp vault put ${vault} <key>`,
    ].join("\n"),
  );
}
