import { lockStatus } from "../../../../libswamp/datastores/lock_status.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { renderLockStatus } from "../../../output/datastores/lock.ts";

/** `swamp datastore lock status` (contract: cli-automation 8.4). */
export const command: CommandSpec = {
  repository: "required",
  examples: [{ title: "Who is at work", command: "swamp datastore lock status" }],
  async run({ output, services }) {
    const document = await lockStatus({
      datastore: await services.datastore(),
      definitions: await services.definitions(),
      data: await services.data(),
    });
    output.result(document, renderLockStatus);
  },
};
