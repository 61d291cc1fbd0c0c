import { UserError } from "../../domain/errors.ts";
import { type GitignoreAction, planGitignore } from "../../domain/repository/gitignore_section.ts";
import type { Marker, RepositoryFolder } from "../../domain/repository/repository_folder.ts";
import { DEFAULT_TOOL, type Tool } from "../../domain/repository/settings.ts";

/** What `swamp repo init` is asked to do. */
export interface InitRequest {
  /** The AI tool; `undefined` keeps the one of an existing repository. */
  readonly tool: Tool | undefined;
  /** Whether an existing repository, damaged or not, is set up again. */
  readonly force: boolean;
  /** As recorded: without the suffix of the build. */
  readonly version: string;
  readonly now: Date;
  /** Makes a repository id. */
  readonly newId: () => string;
}

/** JSON output of `swamp repo init` (contract: cli-core 4.3). */
export interface InitDocument {
  readonly path: string;
  readonly version: string;
  readonly initializedAt: string;
  readonly skillsCopied: readonly string[];
  readonly instructionsFileCreated: boolean;
  readonly settingsCreated: boolean;
  readonly gitignoreAction: GitignoreAction;
  readonly tool: Tool;
}

/** What was done, and what the user should know beside it. */
export interface InitResult {
  readonly document: InitDocument;
  readonly warnings: readonly string[];
}

/** Folders of a new repository, relative to it. */
const FOLDERS = [
  "models",
  "workflows",
  "vaults",
  ...[
    "data",
    "outputs",
    "workflow-runs",
    "workflows-evaluated",
    "definitions-evaluated",
    "secrets",
    "telemetry",
    "audit",
    "vault-bundles",
  ].map((name) => `.swamp/${name}`),
];

/**
 * Makes a directory a repository. Everything that can fail is checked first; `.swamp.yaml` is written
 * last, so that there is no repository that was set up in part. With `force` identity, settings and
 * unknown keys of an existing repository are kept.
 *
 * @throws {UserError} `already_initialized`, `not_a_directory`, `invalid_gitignore`
 */
export async function initRepository(
  folder: RepositoryFolder,
  request: InitRequest,
): Promise<InitResult> {
  await folder.checkFolders(FOLDERS);
  const marker = await folder.readMarker();
  if (marker.state !== "missing" && !request.force) {
    throw alreadyInitialized(folder.root, marker);
  }
  const kept = keptEntries(marker);
  const tool = request.tool ?? (kept.tool as Tool | undefined) ?? DEFAULT_TOOL;
  const gitignore = planGitignore(await folder.readGitignore(), tool);
  const warnings = await nestingWarnings(folder);

  await folder.createFolders(FOLDERS);
  await using _lock = request.force ? await folder.lock() : undefined;
  if (gitignore.action !== "unchanged") await folder.writeGitignore(gitignore.text);
  const initializedAt = request.now.toISOString();
  const fresh = {
    swampVersion: request.version,
    initializedAt,
    repoId: kept.repoId ?? request.newId(),
    tool,
    gitignoreManaged: true,
  };
  if (marker.state === "read") {
    await folder.updateMarker(fresh);
  } else {
    if (marker.state !== "missing") warnings.push(await setAside(folder, marker));
    // Named twice for the order of keys: what swamp writes comes first, what it keeps after that.
    const created = await folder.createMarker({ ...fresh, ...kept, ...fresh });
    if (!created) throw alreadyInitialized(folder.root, await folder.readMarker());
  }
  const document: InitDocument = {
    path: folder.root,
    version: request.version,
    initializedAt,
    skillsCopied: [],
    instructionsFileCreated: false,
    settingsCreated: false,
    gitignoreAction: gitignore.action,
    tool,
  };
  return { document, warnings };
}

function keptEntries(marker: Marker): Readonly<Record<string, unknown>> {
  if (marker.state === "read") return marker.settings.all;
  return marker.state === "damaged" ? marker.salvaged : {};
}

async function setAside(folder: RepositoryFolder, marker: Marker): Promise<string> {
  const name = await folder.setMarkerAside();
  const reason = marker.state === "damaged" ? marker.reason : ".swamp.yaml was a directory";
  const kept = Object.keys(keptEntries(marker));
  const what = kept.length === 0 ? "nothing" : kept.join(", ");
  return `${reason}\nThe damaged .swamp.yaml is now ${name}; kept from it: ${what}`;
}

async function nestingWarnings(folder: RepositoryFolder): Promise<string[]> {
  const outer = await folder.enclosingRepository();
  if (outer === undefined) return [];
  return [
    `${folder.root} lies inside the repository ${outer}; commands run here will use the new one`,
  ];
}

function alreadyInitialized(root: string, marker: Marker): UserError {
  const tool = marker.state === "read" ? marker.settings.tool ?? DEFAULT_TOOL : undefined;
  if (tool !== undefined) {
    return new UserError(
      "already_initialized",
      `Repository already initialized at ${root} (tool: "${tool}"). ` +
        "To switch tools, run: swamp repo upgrade -t <tool>. " +
        "To reinitialize from scratch, run: swamp repo init --force -t <tool>",
      { fields: { path: root, tool } },
    );
  }
  const reason = marker.state === "damaged" ? marker.reason : ".swamp.yaml is a directory";
  return new UserError(
    "already_initialized",
    `Repository already initialized at ${root}, but its settings cannot be used.\n${reason}\n` +
      "Correct .swamp.yaml, or replace it (it is kept under another name): swamp repo init --force",
    { fields: { path: root } },
  );
}
