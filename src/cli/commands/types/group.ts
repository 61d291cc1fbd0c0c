import type { ProviderKind } from "../../../domain/extensions/shapes/provider_shape.ts";
import type { CommandGroup, CommandLeaf } from "../../command_spec.ts";

/** `swamp <kind> type`, the same for every kind whose types make something of a config. */
export function typeGroup(kind: ProviderKind): CommandGroup {
  return {
    kind: "group",
    name: "type",
    description: `Find out what ${kind} types there are`,
    children: [
      searchLeaf(kind, `List ${kind} types, all or those that mention a text`),
      describeLeaf(kind, `Show what a ${kind} type is for and what its config may hold`),
    ],
  };
}

/** `describe`, as it stands in `swamp <kind> type`. */
export function describeLeaf(kind: ProviderKind, description: string): CommandLeaf {
  return {
    kind: "command",
    name: "describe",
    aliases: ["get"],
    description,
    load: async () => {
      const { describeCommand } = await import("./describe.ts");
      return { command: describeCommand(kind) };
    },
  };
}

/** `search`, as it stands in `swamp <kind> type`. */
export function searchLeaf(kind: ProviderKind, description: string): CommandLeaf {
  return {
    kind: "command",
    name: "search",
    aliases: ["list"],
    description,
    load: async () => {
      const { searchCommand } = await import("./search.ts");
      return { command: searchCommand(kind) };
    },
  };
}
