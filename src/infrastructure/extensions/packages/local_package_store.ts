import { join } from "@std/path";
import { messageOf, UserError } from "../../../domain/errors.ts";
import { type LockEntry, packageFolder } from "../../../domain/extensions/lock_entry.ts";
import { MANIFEST_FILE } from "../../../domain/extensions/package_layout.ts";
import { PACKAGE_LIMITS, type PackageLimits } from "../../../domain/extensions/package_safety.ts";
import type {
  Installation,
  PackageEffects,
  PackageSession,
  PackageSource,
  PackageState,
  PackageStore,
  PathConflicts,
  StagedPackage,
} from "../../../domain/extensions/package_store.ts";
import { parseRequirement } from "../../../domain/extensions/version_constraint.ts";
import { fileHash } from "../content_hash.ts";
import { type ChangeJournal, makeStagingFolder, writeJournal } from "./change_journal.ts";
import { pruneFolders } from "./folder_pruning.ts";
import { readInstalledManifest } from "./installed_manifest.ts";
import { changedLockText, type LockFile, readLockFile } from "./lock_file.ts";
import {
  moveFiles,
  recoverPackages,
  removeFolder,
  settleChange,
  undoChange,
  writeLock,
} from "./package_change.ts";
import { lockFilePath, packagePath, type PackagePlaces, packagesPath } from "./package_places.ts";
import { RECORD_FILE } from "./package_record.ts";
import { claimedByOthers, packageState } from "./package_state.ts";
import { checkStaysInside, isFileOrLink, lstatIfAny } from "./path_guard.ts";
import { stagePackage } from "./staging.ts";

/** What a store of installed packages works with. */
export interface PackageStoreSettings {
  readonly places: PackagePlaces;
  /** Takes the lock under which extensions are changed and indexed. */
  readonly lock: () => Promise<Disposable>;
  /**
   * Brings the catalog up to date with the disk. Called while the lock is held, so it must not take
   * the lock itself. A package that is being removed is still on disk then, and no longer among
   * those that `installedPackages` gives.
   */
  readonly refreshCatalog: () => Promise<void>;
  /** What the catalog knows of an installed package. */
  readonly effects: (name: string) => PackageEffects;
  readonly limits?: PackageLimits;
}

/** A file to be put in place. */
interface Put {
  /** Path in the package. */
  readonly path: string;
  /** Relative to the staging folder. */
  readonly from: string;
  /** Relative to the repository. */
  readonly to: string;
}

/** The installed packages of a repository on disk. */
export function localPackageStore(settings: PackageStoreSettings): PackageStore {
  return {
    open: async () => {
      try {
        const lock = await settings.lock();
        await recoverPackages(settings.places);
        return new LocalPackageSession(settings, lock);
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        throw new UserError(
          "not_writable",
          `Cannot change the installed extensions of ${settings.places.repositoryRoot}: ` +
            messageOf(thrown),
          { cause: thrown },
        );
      }
    },
  };
}

class LocalPackageSession implements PackageSession {
  readonly #settings: PackageStoreSettings;
  readonly #places: PackagePlaces;
  readonly #lock: Disposable;
  #staging: string | undefined;
  /** Where each staged package lies, relative to the staging folder. */
  readonly #staged = new Map<StagedPackage, string>();

  constructor(settings: PackageStoreSettings, lock: Disposable) {
    this.#settings = settings;
    this.#places = settings.places;
    this.#lock = lock;
  }

  async stage(source: PackageSource): Promise<StagedPackage> {
    this.#staging ??= makeStagingFolder(this.#places);
    const name = String(this.#staged.size);
    const folder = join(this.#staging, name);
    Deno.mkdirSync(folder);
    const { limits = PACKAGE_LIMITS } = this.#settings;
    const staged = await stagePackage(source, folder, limits);
    this.#staged.set(staged, name);
    return staged;
  }

  state(name: string): Promise<PackageState> {
    return packageState(this.#places, this.#lockFile(), name);
  }

  versions(): Promise<ReadonlyMap<string, string>> {
    const entries = [...this.#lockFile().entries];
    return Promise.resolve(new Map(entries.map(([name, { version }]) => [name, version])));
  }

  async dependents(name: string): Promise<readonly string[]> {
    const dependents: string[] = [];
    for (const other of this.#lockFile().entries.keys()) {
      if (other !== name && await this.#dependsOn(other, name)) dependents.push(other);
    }
    return dependents.sort();
  }

  async conflicts(staged: StagedPackage, { present }: PackageState): Promise<PathConflicts> {
    const { name } = staged.manifest;
    const claimed = claimedByOthers(this.#lockFile(), name);
    const own = new Set(present);
    const existing: string[] = [];
    const owned: { path: string; owner: string }[] = [];
    for (const { path, from, to } of this.#puts(staged)) {
      const owner = claimed.get(to);
      if (owner !== undefined) owned.push({ path: to, owner });
      else if (own.has(to) || path === RECORD_FILE) continue;
      else if (await this.#differs(from, to)) existing.push(to);
    }
    return { existing, owned };
  }

  async install(installations: readonly Installation[]): Promise<void> {
    if (installations.length === 0) return;
    const puts: Put[] = [];
    for (const { staged } of installations) {
      for (const put of this.#puts(staged)) if (await this.#mustMove(put)) puts.push(put);
    }
    const targets = puts.map(({ to }) => to);
    const pruned = installations.flatMap((installation) => installation.pruned);
    checkStaysInside(this.#places, [...targets, ...pruned]);
    refuseDoubles(targets);
    this.#refuseFolders(targets);
    const take = [...targets.filter((path) => this.#exists(path)), ...pruned];
    const journal = this.#journal(
      { put: puts.map(({ from, to }) => ({ from, to })), take, removing: [] },
      new Map(installations.map(({ staged, entry }) => [staged.manifest.name, entry])),
    );
    await this.#undoUnlessDone(journal, async () => {
      moveFiles(this.#places, journal);
      await writeLock(this.#places, journal);
      await this.#settings.refreshCatalog();
    });
    settleChange(this.#places, journal);
  }

  effects(name: string): Promise<PackageEffects> {
    return Promise.resolve(this.#settings.effects(name));
  }

  async remove(name: string, files: readonly string[]): Promise<number> {
    this.#staging ??= makeStagingFolder(this.#places);
    const record = `${packageFolder(name)}/${RECORD_FILE}`;
    const take = [...files, ...(this.#exists(record) ? [record] : [])];
    checkStaysInside(this.#places, take);
    const journal = this.#journal(
      { put: [], take, removing: [name] },
      new Map([[name, undefined]]),
    );
    await this.#undoUnlessDone(journal, async () => {
      await this.#settings.refreshCatalog();
      await writeLock(this.#places, journal);
      moveFiles(this.#places, journal);
    });
    const folders = settleChange(this.#places, journal);
    // The package is gone from the catalog already; this notes how the disk looks now. If it fails,
    // the next command does it.
    await this.#settings.refreshCatalog().catch(() => {});
    return folders;
  }

  [Symbol.asyncDispose](): Promise<void> {
    if (this.#staging !== undefined) {
      removeFolder(this.#staging);
      pruneFolders([this.#staging], join(this.#places.repositoryRoot, ".swamp"));
    }
    this.#lock[Symbol.dispose]();
    return Promise.resolve();
  }

  /** Does a change and, where that fails, everything that puts it back. */
  async #undoUnlessDone(journal: ChangeJournal, change: () => Promise<void>): Promise<void> {
    await writeJournal(this.#places, journal);
    try {
      await change();
    } catch (thrown) {
      // What cannot be undone now is undone by whoever takes the lock next: the journal is still there.
      await undoChange(this.#places, journal).catch(() => {});
      throw thrown;
    }
  }

  #journal(
    files: Pick<ChangeJournal, "put" | "take" | "removing">,
    changes: ReadonlyMap<string, LockEntry | undefined>,
  ): ChangeJournal {
    const path = lockFilePath(this.#places);
    const { text } = this.#lockFile();
    const lock = { before: text ?? null, after: changedLockText(path, text, changes) };
    return { ...files, lock, staging: this.#staging!.slice(packagesPath(this.#places).length + 1) };
  }

  /** Every file of a staged package, its record included. */
  #puts(staged: StagedPackage): Put[] {
    const folder = packageFolder(staged.manifest.name);
    const place = this.#staged.get(staged)!;
    return [...staged.files.map(({ path }) => path), RECORD_FILE]
      .map((path) => ({ path, from: `${place}/${path}`, to: `${folder}/${path}` }));
  }

  /** Whether a file is not there yet as it is to be. Manifest and record tell of every change. */
  async #mustMove({ path, from, to }: Put): Promise<boolean> {
    if (path === MANIFEST_FILE || path === RECORD_FILE) return true;
    return !this.#exists(to) || await this.#differs(from, to);
  }

  /** Whether something stands at `to` that is not what would be put there. */
  async #differs(from: string, to: string): Promise<boolean> {
    const [staged, target] = [join(this.#staging!, from), this.#absolute(to)];
    const [coming, standing] = [lstatIfAny(staged), lstatIfAny(target)];
    if (standing === undefined) return false;
    if (!standing.isFile || standing.size !== coming?.size) return true;
    const sameMode = ((standing.mode ?? 0) & 0o111) === ((coming.mode ?? 0) & 0o111);
    return !sameMode || await fileHash(staged) !== await fileHash(target);
  }

  #refuseFolders(targets: readonly string[]): void {
    const folder = targets.find((path) => lstatIfAny(this.#absolute(path))?.isDirectory);
    if (folder === undefined) return;
    throw new UserError(
      "files_exist",
      `A folder is in the way: ${folder}. Move it, then install again.`,
      { fields: { conflicts: [folder] } },
    );
  }

  async #dependsOn(dependent: string, name: string): Promise<boolean> {
    try {
      const { dependencies } = await readInstalledManifest(packagePath(this.#places, dependent));
      return dependencies.some((text) => parseRequirement(text).name === name);
    } catch {
      // A package whose manifest cannot be read is reported where packages are listed.
      return false;
    }
  }

  #lockFile(): LockFile {
    return readLockFile(lockFilePath(this.#places));
  }

  #exists(path: string): boolean {
    return isFileOrLink(this.#absolute(path));
  }

  #absolute(path: string): string {
    return join(this.#places.repositoryRoot, path);
  }
}

/** Packages whose names nest could have files of one path. */
function refuseDoubles(targets: readonly string[]): void {
  const double = targets.find((path, index) => targets.indexOf(path) !== index);
  if (double === undefined) return;
  throw new UserError("files_exist", `Two packages would both install ${double}.`, {
    fields: { conflicts: [double] },
  });
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof Deno.errors.PermissionDenied ||
    thrown instanceof Deno.errors.NotCapable ||
    (thrown as { readonly code?: string } | null)?.code === "EROFS";
}
