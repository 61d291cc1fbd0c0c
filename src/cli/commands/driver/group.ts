import type { CommandGroup } from "../../command_spec.ts";
import { typeGroup } from "../types/group.ts";

/** `swamp driver`. */
export const driver: CommandGroup = {
  kind: "group",
  name: "driver",
  description: "Look at what can run methods elsewhere",
  children: [typeGroup("driver")],
};
