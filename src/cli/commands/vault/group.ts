import type { CommandGroup } from "../../command_spec.ts";
import { typeGroup } from "../types/group.ts";

/** `swamp vault`. */
export const vault: CommandGroup = {
  kind: "group",
  name: "vault",
  description: "Keep secrets, and put them where models can use them",
  suggest: (word) => [
    `swamp vault get ${word}`,
    `swamp vault put ${word} <key> <value>`,
    `swamp vault list-keys ${word}`,
  ],
  examples: [
    { title: "A vault in the repository", command: "swamp vault create local_encryption main" },
    {
      title: "A secret in it, asked for without echo",
      command: "swamp vault put main db-password",
    },
    {
      title: "A model that uses it",
      command: "swamp model create @acme/database db " +
        "--global-arg 'password=${{ vault.get(main, db-password) }}'",
    },
  ],
  children: [
    typeGroup("vault"),
    {
      kind: "command",
      name: "create",
      description: "Create a vault of a type",
      load: () => import("./create.ts"),
    },
    {
      kind: "command",
      name: "search",
      aliases: ["list"],
      description: "List vaults, all or those whose name, type or id contains a text",
      load: () => import("./search.ts"),
    },
    {
      kind: "command",
      name: "get",
      description: "Show a vault and where it is stored",
      load: () => import("./get.ts"),
    },
    {
      kind: "command",
      name: "describe",
      description: "Show a vault",
      load: () => import("./describe.ts"),
    },
    {
      kind: "command",
      name: "put",
      description: "Put a secret into a vault",
      load: () => import("./put.ts"),
    },
    {
      kind: "command",
      name: "list-keys",
      description: "List the keys of a vault's secrets, never their values",
      load: () => import("./list_keys.ts"),
    },
    {
      kind: "command",
      name: "delete-secret",
      description: "Delete a secret from a vault",
      load: () => import("./delete_secret.ts"),
    },
    {
      kind: "command",
      name: "edit",
      description: "Change a vault in an editor, or replace it with YAML from stdin",
      load: () => import("./edit.ts"),
    },
    {
      kind: "command",
      name: "delete",
      description: "Delete a vault",
      load: () => import("./delete.ts"),
    },
  ],
};
