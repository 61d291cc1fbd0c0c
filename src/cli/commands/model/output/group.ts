import type { CommandGroup } from "../../../command_spec.ts";

/** `swamp model output`. */
export const modelOutput: CommandGroup = {
  kind: "group",
  name: "output",
  description: "Look at the runs of methods and at what they wrote",
  suggest: (word) => [`swamp model output get ${word}`, `swamp model output search ${word}`],
  children: [
    {
      kind: "command",
      name: "get",
      description: "Show a run: how it ended and what it wrote",
      load: () => import("./get.ts"),
    },
    {
      kind: "command",
      name: "search",
      aliases: ["list"],
      description: "List runs, all or those that mention a text",
      load: () => import("./search.ts"),
    },
    {
      kind: "command",
      name: "logs",
      description: "Print the logs that a run wrote",
      load: () => import("./logs.ts"),
    },
    {
      kind: "command",
      name: "data",
      description: "Print data that a run wrote",
      load: () => import("./data.ts"),
    },
  ],
};
