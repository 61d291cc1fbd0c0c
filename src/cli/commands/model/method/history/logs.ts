import { historyLogs } from "../../../../../libswamp/outputs/history_logs.ts";
import { renderHistoryLogs } from "../../../../output/outputs/history_logs.ts";
import { logsCommand } from "../../output/logs_command.ts";

/** `swamp model method history logs <output_id_or_model_name>` (contract: cli-core 7.3). */
export const command = logsCommand({
  words: "swamp model method history logs",
  read: async (services, run, tail) => {
    const [definitions, history] = [await services.definitions(), await services.runHistory()];
    return await historyLogs({ definitions, history }, run, tail);
  },
  render: renderHistoryLogs,
});
