import { EXIT_CODES, UserError } from "../../../domain/errors.ts";
import { deleteSecret, planSecretDeletion } from "../../../libswamp/vaults/delete_secret.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderDeletedSecret } from "../../output/vaults/secret.ts";
import { confirm } from "../../stdin.ts";

/** `swamp vault delete-secret <vault_name> <key>`. */
export const command: CommandSpec = {
  arguments: "<vault_name:string> <key:string>",
  options: [{ flags: "-f, --force", description: "Do not ask" }],
  repository: "required",
  examples: [{ title: "Without a question", command: "swamp vault delete-secret main token -f" }],
  async run({ output, services }, options, [nameOrId = "", key = ""]) {
    const dependencies = {
      vaults: await services.vaults(),
      vaultService: await services.vaultService(),
      locks: await services.locks(),
      now: () => new Date(),
    };
    const plan = await planSecretDeletion(dependencies, nameOrId, key);
    if (options.force !== true) {
      if (output.mode === "json") {
        throw new UserError("not_confirmed", "Use --force (-f) to delete a secret with --json.");
      }
      if (!await confirm(`Delete secret '${key}' from vault '${plan.vaultName}'?`)) {
        output.log("warning", "vault·delete-secret", "Deletion cancelled.");
        return EXIT_CODES.success;
      }
    }
    output.result(await deleteSecret(dependencies, plan), renderDeletedSecret);
  },
};
