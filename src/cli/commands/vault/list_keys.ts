import { UserError } from "../../../domain/errors.ts";
import { listKeys } from "../../../libswamp/vaults/list_keys.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderKeys } from "../../output/vaults/keys.ts";

/** `swamp vault list-keys [vault_name]` (contract: cli-automation 6.4). */
export const command: CommandSpec = {
  arguments: "[vault_name:string]",
  repository: "required",
  examples: [{ title: "The keys of a vault", command: "swamp vault list-keys main" }],
  async run({ output, services }, _options, [nameOrId]) {
    if (nameOrId === undefined) {
      throw new UserError(
        "missing_argument",
        "Missing required argument: vault_name\n\nUsage: swamp vault list-keys <vault_name>",
        { fields: { hint: "'swamp vault search' lists the vaults." } },
      );
    }
    const document = await listKeys({
      vaults: await services.vaults(),
      vaultService: await services.vaultService(),
    }, nameOrId);
    output.result(document, renderKeys);
  },
};
