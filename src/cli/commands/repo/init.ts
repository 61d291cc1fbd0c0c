import { resolve } from "@std/path";
import type { InitDocument } from "../../../libswamp/repo/init.ts";
import { initRepository } from "../../../libswamp/repo/init.ts";
import { recordedVersion } from "../../../libswamp/version.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { Page } from "../../output/output.ts";
import { toolOf, toolOption } from "./tool_option.ts";

/** `swamp init` and `swamp repo init` (contract: cli-core 4). */
export const command: CommandSpec = {
  arguments: "[path:string]",
  options: [
    {
      flags: "-f, --force",
      description: "Set an existing repository up again; its identity and settings are kept",
    },
    toolOption("AI tool that works in the repository, claude unless told"),
  ],
  examples: [
    { title: "Make the current directory a repository", command: "swamp init" },
    { title: "Make one without files for an AI tool", command: "swamp init ./infra --tool none" },
  ],
  repository: "none",
  run: async ({ globals, output, services }, options, [path]) => {
    const root = resolve(services.workingDirectory, path?.trim() || globals.repoDir || ".");
    const { document, warnings } = await initRepository(await services.repositoryFolder(root), {
      tool: toolOf(options),
      force: options.force === true,
      version: recordedVersion(),
      now: new Date(),
      newId: () => crypto.randomUUID(),
    });
    warnings.forEach(output.warn);
    output.result(document, renderInit);
  },
};

function renderInit({ path, tool, gitignoreAction }: InitDocument, { style }: Page): string {
  return [
    `${style.green("Initialized")} swamp repository at "${path}" (tool: "${tool}")`,
    "",
    `  ${style.bold("models/")}      definitions of models`,
    `  ${style.bold("workflows/")}   workflows`,
    `  ${style.bold("vaults/")}      vaults`,
    `  ${style.bold(".swamp/")}      data, outputs and caches, kept out of git`,
    `  ${style.bold(".gitignore")}   ${gitignoreAction}`,
    "",
    `Next: ${style.cyan("swamp model type search")} shows which model types there are.`,
  ].join("\n");
}
