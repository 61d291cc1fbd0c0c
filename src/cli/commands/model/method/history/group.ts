import type { CommandGroup } from "../../../../command_spec.ts";

/** `swamp model method history`. */
export const methodHistory: CommandGroup = {
  kind: "group",
  name: "history",
  description: "Look at past runs of methods",
  suggest: (word) => [`swamp model method history get ${word}`],
  children: [
    {
      kind: "command",
      name: "get",
      description: "Show a run: how it ended and what it wrote",
      load: () => import("../../output/get.ts"),
    },
    {
      kind: "command",
      name: "search",
      aliases: ["list"],
      description: "List runs, all or those that mention a text",
      load: () => import("../../output/search.ts"),
    },
    {
      kind: "command",
      name: "logs",
      description: "Print the log of a run",
      load: () => import("./logs.ts"),
    },
  ],
};
