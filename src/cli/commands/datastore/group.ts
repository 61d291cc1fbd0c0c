import type { CommandGroup } from "../../command_spec.ts";
import { typeGroup } from "../types/group.ts";

/** `swamp datastore`. */
export const datastore: CommandGroup = {
  kind: "group",
  name: "datastore",
  description: "Look at where data can be kept",
  children: [typeGroup("datastore")],
};
