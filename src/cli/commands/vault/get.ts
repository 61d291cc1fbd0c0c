import { getVault } from "../../../libswamp/vaults/get.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderStoredVault } from "../../output/vaults/vault.ts";
import { reportedProviderTypes } from "../types/reported_types.ts";
import { TYPE_OPTION } from "./type_option.ts";

/** `swamp vault get <vault_name_or_id>` (contract: cli-automation 6.2). */
export const command: CommandSpec = {
  arguments: "<vault_name_or_id:string>",
  options: [TYPE_OPTION],
  repository: "required",
  surplus: ([key = ""]) =>
    [
      `Unexpected argument: ${key}`,
      "",
      "Usage: swamp vault get <vault_name_or_id>",
      "",
      "Secrets are never printed. 'swamp vault list-keys <vault_name>' lists their keys; a definition",
      "uses one as ${{ vault.get(<vault_name>, <key>) }}.",
    ].join("\n"),
  examples: [{ title: "By name", command: "swamp vault get main" }],
  async run(context, options, [nameOrId = ""]) {
    const { output, services } = context;
    const document = await getVault(
      {
        vaults: await services.vaults(),
        types: reportedProviderTypes(context, "vault"),
      },
      nameOrId,
      options.type as string | undefined,
    );
    output.result(document, renderStoredVault);
  },
};
