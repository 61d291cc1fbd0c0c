import {
  chosenFolders,
  DATASTORE_FOLDERS,
} from "../../../../domain/datastores/datastore_folders.ts";
import { FILESYSTEM } from "../../../../domain/datastores/datastore_choice.ts";
import { UserError } from "../../../../domain/errors.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import type { Output } from "../../../output/output.ts";
import { performSetup, requireNoVariable, SKIP_MIGRATION } from "./perform.ts";

/** `swamp datastore setup filesystem --path <path>` (contract: cli-automation 8.2). */
export const command: CommandSpec = {
  options: [
    {
      flags: "--path <path:string>",
      description: "The folder; a relative one begins at the repository",
      required: true,
    },
    {
      flags: "--directories <names:string>",
      description: "Keep only these there, separated by commas: data,outputs",
    },
    SKIP_MIGRATION,
  ],
  repository: "required",
  examples: [
    {
      title: "On a disk that others use too",
      command: "swamp datastore setup filesystem --path /mnt/shared/swamp",
    },
    {
      title: "Back into the repository",
      command: "swamp datastore setup filesystem --path .swamp",
    },
  ],
  async run(context, options) {
    requireNoVariable();
    const path = String(options.path).trim();
    if (path === "") throw new UserError("invalid_argument", "--path must not be empty.");
    const directories = typeof options.directories === "string"
      ? { directories: foldersOf(options.directories, context.output) }
      : {};
    const settings = { type: FILESYSTEM, path, ...directories };
    await performSetup(context, settings, options.skipMigration === true);
  },
};

function foldersOf(text: string, output: Output): readonly string[] {
  const names = text.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const { folders, unknown } = chosenFolders({ directories: names });
  if (unknown.length > 0 || folders.length === 0) {
    const [first = text] = unknown;
    throw new UserError(
      "invalid_argument",
      `Unknown datastore directory "${first}". Expected some of: ${DATASTORE_FOLDERS.join(", ")}`,
      { fields: { unknown } },
    );
  }
  const local = names.filter((name) => !(folders as readonly string[]).includes(name));
  if (local.length > 0) output.warn(`Not kept in any datastore, always local: ${local.join(", ")}`);
  return folders;
}
