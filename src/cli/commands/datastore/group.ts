import type { CommandGroup } from "../../command_spec.ts";
import { typeGroup } from "../types/group.ts";

const setup: CommandGroup = {
  kind: "group",
  name: "setup",
  description: "Keep data somewhere else, and move there what there is",
  examples: [
    {
      title: "In another folder",
      command: "swamp datastore setup filesystem --path /mnt/shared/swamp",
    },
    {
      title: "In a datastore of an extension",
      command: 'swamp datastore setup extension @acme/bucket --config \'{"bucket": "data"}\'',
    },
  ],
  children: [
    {
      kind: "command",
      name: "filesystem",
      description: "Keep data in a folder",
      load: () => import("./setup/filesystem.ts"),
    },
    {
      kind: "command",
      name: "extension",
      description: "Keep data in a datastore of an extension",
      load: () => import("./setup/extension.ts"),
    },
    {
      kind: "command",
      name: "s3",
      description: "Removed: see setup extension",
      hidden: true,
      load: () => import("./setup/s3.ts"),
    },
  ],
};

const lock: CommandGroup = {
  kind: "group",
  name: "lock",
  description: "Look at the locks of running commands, and remove those that were left behind",
  children: [
    {
      kind: "command",
      name: "status",
      description: "Show which locks are held, and by whom",
      load: () => import("./lock/status.ts"),
    },
    {
      kind: "command",
      name: "release",
      description: "Take a lock away from its holder",
      load: () => import("./lock/release.ts"),
    },
  ],
};

/** `swamp datastore`. */
export const datastore: CommandGroup = {
  kind: "group",
  name: "datastore",
  description: "Choose where data are kept, and look after that place",
  examples: [
    { title: "Where data are, and whether all is well", command: "swamp datastore status" },
    { title: "Who is at work", command: "swamp datastore lock status" },
  ],
  children: [
    {
      kind: "command",
      name: "status",
      description: "Show where data are kept and whether that place can be used",
      load: () => import("./status.ts"),
    },
    setup,
    {
      kind: "command",
      name: "sync",
      description: "Bring the local copy of a remote datastore and the datastore into step",
      load: () => import("./sync.ts"),
    },
    lock,
    typeGroup("datastore"),
  ],
};
