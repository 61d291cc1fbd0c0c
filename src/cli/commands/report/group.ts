import type { CommandGroup } from "../../command_spec.ts";
import { describeLeaf, searchLeaf } from "../types/group.ts";

/** `swamp report`. */
export const report: CommandGroup = {
  kind: "group",
  name: "report",
  description: "Look at what reports tell of runs",
  examples: [
    { title: "Every report that was kept", command: "swamp report search" },
    {
      title: "What the last run of a model did",
      command: "swamp report get @swamp/method-summary --model hello",
    },
  ],
  children: [
    {
      kind: "command",
      name: "search",
      aliases: ["list"],
      description: "List the reports that were kept, all or those whose name contains a text",
      load: () => import("./search.ts"),
    },
    {
      kind: "command",
      name: "get",
      description: "Show a report that was kept",
      load: () => import("./get.ts"),
    },
    {
      kind: "group",
      name: "type",
      description: "Find out what reports can be made",
      children: [
        searchLeaf("report", "List registered reports, all or those that mention a text"),
        describeLeaf("report", "Show what a registered report tells"),
      ],
    },
    {
      kind: "command",
      name: "describe",
      description: "Show what a registered report tells",
      load: () => import("./describe.ts"),
    },
  ],
};
