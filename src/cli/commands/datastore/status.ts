import { EXIT_CODES } from "../../../domain/errors.ts";
import { datastoreStatus } from "../../../libswamp/datastores/status.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderDatastoreStatus } from "../../output/datastores/status.ts";

/** `swamp datastore status` (contract: cli-automation 8.1). */
export const command: CommandSpec = {
  repository: "required",
  examples: [{
    title: "Where data are, and whether all is well",
    command: "swamp datastore status",
  }],
  async run({ output, services }) {
    const document = await datastoreStatus(await services.datastore());
    output.result(document, renderDatastoreStatus);
    return document.healthy ? EXIT_CODES.success : EXIT_CODES.failure;
  },
};
