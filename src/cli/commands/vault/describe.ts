import { describeVault } from "../../../libswamp/vaults/get.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderVault } from "../../output/vaults/vault.ts";
import { reportedProviderTypes } from "../types/reported_types.ts";
import { TYPE_OPTION } from "./type_option.ts";

/** `swamp vault describe <vault_name_or_id>` (contract: cli-automation 6.2). */
export const command: CommandSpec = {
  arguments: "<vault_name_or_id:string>",
  options: [TYPE_OPTION],
  repository: "required",
  examples: [{ title: "By name", command: "swamp vault describe main" }],
  async run(context, options, [nameOrId = ""]) {
    const { output, services } = context;
    const document = await describeVault(
      {
        vaults: await services.vaults(),
        types: reportedProviderTypes(context, "vault"),
      },
      nameOrId,
      options.type as string | undefined,
    );
    output.result(document, renderVault);
  },
};
