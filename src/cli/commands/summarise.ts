import { summarise } from "../../libswamp/activity/summarise.ts";
import type { CommandSpec } from "../command_spec.ts";
import { activityRenderer } from "../output/activity/summarise.ts";

const DEFAULT_DURATION = "7d";

/** `swamp summarise` (contract: cli-core 10). */
export const command: CommandSpec = {
  options: [
    {
      flags: "--since <duration:string>",
      description: "How far to look back, such as 1h, 7d or 1mo",
      default: DEFAULT_DURATION,
    },
  ],
  repository: "required",
  examples: [
    { title: "The last seven days", command: "swamp summarise" },
    { title: "Every run of a day", command: "swamp summarise --since 1d --verbose" },
  ],
  async run({ output, services, globals }, options) {
    const duration = String(options.since ?? DEFAULT_DURATION);
    const document = await summarise({
      definitions: await services.definitions(),
      history: await services.runHistory(),
      data: await services.data(),
      now: Date.now(),
    }, duration);
    output.result(document, activityRenderer({ duration, verbose: globals.verbose }));
  },
};
