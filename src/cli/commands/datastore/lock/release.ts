import { parseModelScope, releaseLock } from "../../../../libswamp/datastores/lock_release.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { renderReleasedLock } from "../../../output/datastores/lock.ts";

/** `swamp datastore lock release --force` (contract: cli-automation 8.4). */
export const command: CommandSpec = {
  options: [
    {
      flags: "-f, --force",
      description: "Confirm that whoever holds the lock is not at work any more",
      required: true,
    },
    {
      flags: "--model <model:string>",
      description: "Whose lock, as <type>/<id>; the global lock unless told",
    },
  ],
  repository: "required",
  examples: [
    { title: "The global lock", command: "swamp datastore lock release --force" },
    {
      title: "The lock of a model",
      command:
        "swamp datastore lock release --force --model command/shell/2ed368ef-ec52-41ca-9585-7cdcef9c1823",
    },
  ],
  async run({ output, services }, { model }) {
    const scope = typeof model === "string" ? parseModelScope(model) : undefined;
    output.result(await releaseLock(await services.datastore(), scope), renderReleasedLock);
  },
};
