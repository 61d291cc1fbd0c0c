import { EXIT_CODES } from "../../../domain/errors.ts";
import { deleteVault, planVaultDeletion } from "../../../libswamp/vaults/delete.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderDeletedVault } from "../../output/vaults/deleted.ts";
import { confirm } from "../../stdin.ts";

/** `swamp vault delete <vault_name_or_id>`. */
export const command: CommandSpec = {
  arguments: "<vault_name_or_id:string>",
  options: [
    {
      flags: "-f, --force",
      description: "Delete the vault's secrets too, even if models or data use them; do not ask",
    },
  ],
  repository: "required",
  examples: [
    { title: "A vault without secrets", command: "swamp vault delete main" },
    { title: "A vault with all its secrets", command: "swamp vault delete main --force" },
  ],
  async run({ output, services }, options, [nameOrId = ""]) {
    const force = options.force === true;
    const dependencies = {
      vaults: await services.vaults(),
      vaultService: await services.vaultService(),
      locks: await services.locks(),
      definitions: await services.definitions(),
      data: await services.data(),
    };
    const plan = await planVaultDeletion(dependencies, nameOrId, force);
    const question = `Delete vault '${plan.name}' (${plan.id ?? plan.file})?`;
    if (output.mode === "log" && !force && !await confirm(question)) {
      output.log("warning", "vault·delete", "Deletion cancelled.");
      return EXIT_CODES.success;
    }
    const document = await deleteVault(dependencies, plan, force);
    output.result(document, renderDeletedVault);
    return document.notDeleted === undefined ? EXIT_CODES.success : EXIT_CODES.failure;
  },
};
