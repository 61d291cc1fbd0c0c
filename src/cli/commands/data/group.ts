import type { CommandGroup } from "../../command_spec.ts";

/** `swamp data`. */
export const data: CommandGroup = {
  kind: "group",
  name: "data",
  description: "Look at the data that methods wrote, and clean it up",
  children: [
    {
      kind: "command",
      name: "list",
      description: "List the data of a model",
      load: () => import("./list.ts"),
    },
    {
      kind: "command",
      name: "get",
      description: "Show one version of one piece of data",
      load: () => import("./get.ts"),
    },
    {
      kind: "command",
      name: "search",
      description: "Find data of all models",
      load: () => import("./search.ts"),
    },
    {
      kind: "command",
      name: "query",
      description: "Find data by an expression in CEL",
      load: () => import("./query.ts"),
    },
    {
      kind: "command",
      name: "versions",
      description: "List the versions of a piece of data",
      load: () => import("./versions.ts"),
    },
    {
      kind: "command",
      name: "rename",
      description: "Give a piece of data another name",
      load: () => import("./rename.ts"),
    },
    {
      kind: "command",
      name: "gc",
      description: "Delete data that have outlived their lifetime, and old versions",
      load: () => import("./gc.ts"),
    },
  ],
};
