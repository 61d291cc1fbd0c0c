import { getVersion } from "../../libswamp/version.ts";
import type { CommandSpec } from "../command_spec.ts";

/** `swamp version` (contract: cli-core 3.1, IMP-14). */
export const command: CommandSpec = {
  repository: "none",
  run: ({ output }) => {
    output.result(getVersion(), ({ version }) => `swamp ${version}`);
    return Promise.resolve();
  },
};
