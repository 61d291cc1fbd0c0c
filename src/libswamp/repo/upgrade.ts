import { UserError } from "../../domain/errors.ts";
import {
  type GitignoreAction,
  type GitignorePlan,
  planGitignore,
} from "../../domain/repository/gitignore_section.ts";
import type { RepositoryFolder } from "../../domain/repository/repository_folder.ts";
import { invalidSettings } from "../../domain/repository/settings_check.ts";
import {
  DEFAULT_TOOL,
  type RepositorySettings,
  type Tool,
} from "../../domain/repository/settings.ts";

/** What `swamp repo upgrade` is asked to do. */
export interface UpgradeRequest {
  /** The AI tool to switch to; `undefined` keeps the present one. */
  readonly tool: Tool | undefined;
  /** Whether swamp manages a section of `.gitignore` from now on. */
  readonly includeGitignore: boolean;
  /** As recorded: without the suffix of the build. */
  readonly version: string;
  readonly now: Date;
}

/** JSON output of `swamp repo upgrade` (contract: cli-core 4.3). */
export interface UpgradeDocument {
  readonly path: string;
  readonly previousVersion?: string;
  readonly newVersion: string;
  readonly upgradedAt: string;
  readonly skillsUpdated: readonly string[];
  readonly instructionsUpdated: boolean;
  readonly settingsUpdated: boolean;
  readonly gitignoreAction: GitignoreAction;
  readonly tool: Tool;
  /** Files of older layouts that were brought into place; absent when there were none. */
  readonly migrations?: readonly string[];
}

/**
 * Brings a repository up to date with this version of swamp. Everything that can fail is checked
 * first; `.swamp.yaml` is written last.
 *
 * @throws {UserError} `not_a_repository`, `invalid_settings`, `invalid_gitignore`
 */
export async function upgradeRepository(
  folder: RepositoryFolder,
  request: UpgradeRequest,
): Promise<UpgradeDocument> {
  await settingsOf(folder);
  await using _lock = await folder.lock();
  // Read again under the lock: another upgrade may just have ended.
  const settings = await settingsOf(folder);
  const tool = request.tool ?? settings.tool ?? DEFAULT_TOOL;
  const managed = request.includeGitignore || settings.gitignoreManaged === true;
  const gitignore: GitignorePlan = managed
    ? planGitignore(await folder.readGitignore(), tool)
    : { action: "skipped", text: "" };

  const migrations = await folder.migrate();
  if (gitignore.action === "created" || gitignore.action === "updated") {
    await folder.writeGitignore(gitignore.text);
  }
  const upgradedAt = request.now.toISOString();
  await folder.updateMarker({
    swampVersion: request.version,
    upgradedAt,
    tool,
    ...(managed ? { gitignoreManaged: true } : {}),
  });
  return {
    path: folder.root,
    ...(settings.swampVersion === undefined ? {} : { previousVersion: settings.swampVersion }),
    newVersion: request.version,
    upgradedAt,
    skillsUpdated: [],
    instructionsUpdated: false,
    settingsUpdated: false,
    gitignoreAction: gitignore.action,
    tool,
    ...(migrations.length === 0 ? {} : { migrations }),
  };
}

async function settingsOf(folder: RepositoryFolder): Promise<RepositorySettings> {
  const marker = await folder.readMarker();
  if (marker.state === "read") return marker.settings;
  if (marker.state === "damaged") throw invalidSettings(folder.root, marker.reason);
  throw new UserError(
    "not_a_repository",
    `Not a swamp repository: ${folder.root}. Run 'swamp repo init' first.`,
  );
}
