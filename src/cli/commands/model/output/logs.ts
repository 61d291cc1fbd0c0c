import { outputLogs } from "../../../../libswamp/outputs/logs.ts";
import { renderOutputLogs } from "../../../output/outputs/logs.ts";
import { logsCommand } from "./logs_command.ts";

/** `swamp model output logs <output_id>` (contract: cli-core 8.3). */
export const command = logsCommand({
  words: "swamp model output logs",
  read: async (services, run, tail) => {
    const [definitions, history, data] = [
      await services.definitions(),
      await services.runHistory(),
      await services.data(),
    ];
    return await outputLogs({ definitions, history, data }, run, tail);
  },
  render: renderOutputLogs,
});
