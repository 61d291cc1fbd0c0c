import { UserError } from "../../../domain/errors.ts";
import { syncDatastore } from "../../../libswamp/datastores/sync.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderSync } from "../../output/datastores/sync.ts";

/** `swamp datastore sync` (contract: cli-automation 8.3). */
export const command: CommandSpec = {
  options: [
    { flags: "--pull", description: "Only bring here what has changed there" },
    { flags: "--push", description: "Only send there what has changed here" },
  ],
  repository: "required",
  examples: [
    { title: "Both ways", command: "swamp datastore sync" },
    { title: "What could not be sent before", command: "swamp datastore sync --push" },
  ],
  async run({ output, services }, { pull, push }) {
    if (pull === true && push === true) {
      throw new UserError(
        "invalid_argument",
        "--pull and --push exclude each other. Without either, 'swamp datastore sync' does both.",
      );
    }
    const mode = pull === true ? "pull" : push === true ? "push" : "sync";
    output.result(await syncDatastore(await services.datastore(), mode), renderSync);
  },
};
