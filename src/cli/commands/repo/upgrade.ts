import { resolve } from "@std/path";
import { upgradeRepository } from "../../../libswamp/repo/upgrade.ts";
import type { UpgradeDocument } from "../../../libswamp/repo/upgrade.ts";
import { recordedVersion } from "../../../libswamp/version.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { CommandContext } from "../../context.ts";
import type { Page } from "../../output/output.ts";
import { toolOf, toolOption } from "./tool_option.ts";

/** `swamp repo upgrade` (contract: cli-core 4). */
export const command: CommandSpec = {
  arguments: "[path:string]",
  options: [
    toolOption("AI tool to switch to"),
    { flags: "--include-gitignore", description: "Manage a section of .gitignore from now on" },
  ],
  repository: "none",
  examples: [{ title: "After swamp itself was upgraded", command: "swamp repo upgrade" }],
  run: async (context, options, [path]) => {
    const root = path?.trim()
      ? resolve(context.services.workingDirectory, path.trim())
      : await defaultRoot(context);
    const document = await upgradeRepository(await context.services.repositoryFolder(root), {
      tool: toolOf(options),
      includeGitignore: options.includeGitignore === true,
      version: recordedVersion(),
      now: new Date(),
    });
    context.output.result(document, renderUpgrade);
  },
};

/** Without a path it is the repository that every other command would use. */
async function defaultRoot({ globals, services }: CommandContext): Promise<string> {
  const named = resolve(services.workingDirectory, globals.repoDir ?? ".");
  return (await services.repositoryIfAny())?.root ?? named;
}

function renderUpgrade(document: UpgradeDocument, { style }: Page): string {
  const { previousVersion = "unknown", newVersion, tool, skillsUpdated } = document;
  const changed = (yes: boolean) => yes ? "updated" : "unchanged";
  return [
    `${
      style.green("Upgraded")
    } swamp repository: "${previousVersion}" → "${newVersion}" (tool: "${tool}")`,
    `  Skills updated: ${skillsUpdated.length === 0 ? "none" : skillsUpdated.join(", ")}`,
    `  Instructions: ${changed(document.instructionsUpdated)}`,
    `  Settings: ${changed(document.settingsUpdated)}`,
    `  .gitignore: ${document.gitignoreAction}`,
    ...(document.migrations ?? []).map((sentence) => `  ${sentence}`),
  ].join("\n");
}
