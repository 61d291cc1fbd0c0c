import type { CommandGroup } from "../../command_spec.ts";
import { searchLeaf } from "../types/group.ts";

/** `swamp report`. */
export const report: CommandGroup = {
  kind: "group",
  name: "report",
  description: "Look at reports",
  children: [
    {
      kind: "group",
      name: "type",
      description: "Find out what reports can be made",
      children: [searchLeaf("report", "List registered reports, all or those that mention a text")],
    },
    {
      kind: "command",
      name: "describe",
      description: "Show what a registered report tells",
      load: () => import("./describe.ts"),
    },
  ],
};
