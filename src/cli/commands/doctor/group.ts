import type { CommandGroup } from "../../command_spec.ts";

/** `swamp doctor`. */
export const doctor: CommandGroup = {
  kind: "group",
  name: "doctor",
  description: "Find out what is wrong, and repair it",
  children: [
    {
      kind: "command",
      name: "extensions",
      description: "Compare the extension catalog with the disk",
      load: () => import("./extensions.ts"),
    },
  ],
};
