import { UserError } from "../../../domain/errors.ts";
import { normalizeProviderName } from "../../../domain/extensions/type_name.ts";
import { createVault } from "../../../libswamp/vaults/create.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderCreatedVault } from "../../output/vaults/created.ts";
import { ask } from "../../stdin.ts";
import { reportedProviderTypes } from "../types/reported_types.ts";

/** `swamp vault create <type> [name]` (contract: cli-automation 6.1). */
export const command: CommandSpec = {
  arguments: "<type:string> [name:string]",
  options: [
    {
      flags: "--config <json:string>",
      description: "Config of the vault as a JSON object; 'vault type describe' shows its fields",
    },
  ],
  repository: "required",
  examples: [
    {
      title: "Encrypted files in the repository",
      command: "swamp vault create local_encryption main",
    },
    {
      title: "The environment variables that begin with CI_",
      command: `swamp vault create environment ci --config '{"prefix": "CI_"}'`,
    },
  ],
  async run(context, options, [type = "", givenName]) {
    const { output, services } = context;
    const canAsk = output.mode === "log" && Deno.stdin.isTerminal();
    const name = givenName ?? (canAsk ? await ask("Name of the vault:") : undefined);
    if (name === undefined || name === "") {
      throw new UserError(
        "missing_argument",
        "Vault name is required in non-interactive mode. Usage: swamp vault create <type> <name>",
      );
    }
    const types = reportedProviderTypes(context, "vault");
    const document = await createVault({
      vaults: await services.vaults(),
      types: () => types(normalizeProviderName(type)),
      locks: await services.locks(),
      newId: () => crypto.randomUUID(),
      now: () => new Date(),
    }, { type, name, config: options.config as string | undefined });
    output.result(document, renderCreatedVault);
  },
};
