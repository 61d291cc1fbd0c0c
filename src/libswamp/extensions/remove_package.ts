import { UserError } from "../../domain/errors.ts";
import type { PackageSession, PackageStore } from "../../domain/extensions/package_store.ts";
import { refuseLocalEdits } from "./local_edits.ts";

/** What removing a package would take away. */
export interface RemovalPlan {
  readonly name: string;
  readonly version: string;
  /** Files that would be deleted, relative to the repository. */
  readonly files: readonly string[];
  /** Files of the package that are gone already, or that another package claims. */
  readonly skipped: readonly string[];
  /** Files that were edited; they go only by force. */
  readonly edited: readonly string[];
  /** Installed packages that depend on this one. */
  readonly dependents: readonly string[];
}

/** What was removed. */
export interface RemovalDocument {
  readonly name: string;
  readonly version: string;
  readonly filesDeleted: number;
  readonly filesSkipped: number;
  readonly dirsRemoved: number;
  /** Packages that depend on the removed one; absent when there are none. */
  readonly dependents?: readonly string[];
}

/**
 * Finds what removing a package would take away. Nothing is changed, and nothing stays locked, so that
 * a person can be asked in between.
 *
 * @throws {UserError} `extension_not_installed`, `extension_not_tracked`, and whatever is wrong with
 * the lock file.
 */
export async function planRemoval(store: PackageStore, name: string): Promise<RemovalPlan> {
  await using session = await store.open();
  return await planIn(session, name);
}

/**
 * Removes a package: from the catalog, from the lock file, then its files. Files that are not the
 * package's own stay, wherever they lie.
 *
 * @throws {UserError} as {@linkcode planRemoval} does, and `local_edits` unless forced.
 */
export async function removePackage(
  store: PackageStore,
  name: string,
  { force }: { readonly force: boolean },
): Promise<RemovalDocument> {
  await using session = await store.open();
  const { version, files, skipped, edited, dependents } = await planIn(session, name);
  if (!force) refuseLocalEdits(name, edited, "remove");
  const dirsRemoved = await session.remove(name, files);
  return {
    name,
    version,
    filesDeleted: files.length,
    filesSkipped: skipped.length,
    dirsRemoved,
    ...(dependents.length === 0 ? {} : { dependents }),
  };
}

async function planIn(session: PackageSession, name: string): Promise<RemovalPlan> {
  const state = await session.state(name);
  if (state.entry === undefined) {
    throw new UserError("extension_not_installed", `Extension ${name} is not installed.`);
  }
  if (!state.tracked) {
    throw new UserError(
      "extension_not_tracked",
      `Extension ${name} was pulled before file tracking was added. ` +
        "Re-pull with --force to populate the file list, then retry rm.",
    );
  }
  return {
    name,
    version: state.entry.version,
    files: state.present,
    skipped: [...state.absent, ...state.shared].sort(),
    edited: state.edited,
    dependents: await session.dependents(name),
  };
}
