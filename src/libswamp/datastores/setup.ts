import type { Datastore } from "../../domain/datastores/datastore.ts";
import { type DatastoreSettings, FILESYSTEM } from "../../domain/datastores/datastore_choice.ts";
import {
  DATASTORE_FOLDERS,
  type DatastoreFolder,
} from "../../domain/datastores/datastore_folders.ts";
import type { FolderMigration } from "../../domain/datastores/folder_migration.ts";
import type { DataScope } from "../../domain/data/data.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { RepositoryFolder } from "../../domain/repository/repository_folder.ts";

/** What {@linkcode setupDatastore} works with. */
export interface SetupDependencies {
  /** The datastore that the repository has at the moment. */
  readonly current: () => Promise<Datastore>;
  /** The models that may be at work in it. */
  readonly scopes: () => Promise<readonly DataScope[]>;
  readonly next: Datastore;
  readonly folder: RepositoryFolder;
  readonly migration: FolderMigration;
}

/** JSON document of `datastore setup` (contract: cli-automation 8.2). */
export interface SetupDocument {
  readonly type: string;
  /** Folder of a filesystem datastore. */
  readonly path?: string;
  readonly filesCopied: number;
  readonly bytesCopied: number;
  readonly directoriesMigrated: readonly DatastoreFolder[];
  /** Where the data were before, if they are still there too. */
  readonly leftAt?: string;
  /** Empty; a setup that fails is an error with these fields. */
  readonly errors: readonly string[];
}

/** A folder that goes from one place to another. */
interface Move {
  readonly folder: DatastoreFolder;
  readonly from: string;
  readonly to: string;
}

/**
 * Makes a datastore that of the repository. What there is goes with it: it is copied, compared, made
 * known by `.swamp.yaml`, and then removed from `.swamp`. At whatever moment this ends, all data are in
 * the place that `.swamp.yaml` names.
 *
 * What is kept in another datastore is copied and stays there, for others may be using it.
 *
 * @param settings what `.swamp.yaml` is to say; nothing for the repository's own `.swamp`.
 * @param skipMigration whether what there is stays where it is.
 * @throws {UserError} `datastore_unhealthy`, `datastore_overlap`, `migration_failed`, `pull_failed`,
 * `push_failed`, `lock_timeout`: the repository keeps the datastore that it has; `not_removed`: it has
 * the new one.
 */
export async function setupDatastore(
  dependencies: SetupDependencies,
  settings: DatastoreSettings | undefined,
  skipMigration: boolean,
): Promise<SetupDocument> {
  const { next, folder, migration } = dependencies;
  const health = await next.verify();
  if (!health.healthy) {
    throw new UserError("datastore_unhealthy", `Datastore is not accessible: ${health.message}`);
  }
  const { path } = next.place;
  if (skipMigration) {
    await using _lock = await folder.lock();
    await migration.create(path);
    await folder.updateMarker({ datastore: settings });
    return documentOf(next, []);
  }
  const current = await dependencies.current();
  const moves = movesBetween(current, dependencies);
  await using held = new AsyncDisposableStack();
  await takeLocks(held, current, dependencies);
  await current.sync?.pull();
  await next.sync?.pull();
  await migration.create(path);
  const copied = await copyAll(moves, dependencies);
  await next.sync?.push();
  await folder.updateMarker({ datastore: settings });
  const isOwn = ({ from }: Move) => migration.isWithin(from, `${folder.root}/.swamp`);
  await removeAll(moves.filter(isOwn), dependencies, copied);
  const isLeft = moves.some((move) =>
    !isOwn(move) && copied.directoriesMigrated.includes(move.folder)
  );
  return isLeft ? { ...copied, leftAt: current.place.path } : copied;
}

/** The folders that the next datastore wants elsewhere, whether they are there by now or not. */
function movesBetween(current: Datastore, { next, migration }: SetupDependencies): Move[] {
  const moves = DATASTORE_FOLDERS
    .map((folder) => ({
      folder,
      from: migration.pathOf(current.place, folder),
      to: migration.pathOf(next.place, folder),
    }))
    .filter(({ from, to }) => from !== to);
  const { isWithin } = migration;
  for (const { from } of moves) {
    if (!moves.some(({ to }) => isWithin(from, to) || isWithin(to, from))) continue;
    throw new UserError(
      "datastore_overlap",
      `Data cannot be moved to ${next.place.path}, because that overlaps with ${from}, which is to ` +
        "be moved. Choose another folder.",
    );
  }
  return moves;
}

/** Waits for everybody who writes, and keeps all others from beginning to. */
async function takeLocks(
  held: AsyncDisposableStack,
  current: Datastore,
  { next, scopes, folder, migration }: SetupDependencies,
): Promise<void> {
  const places = [current.place, next.place];
  // Who changes .swamp.yaml otherwise takes the lock in .swamp, which may be one of the others.
  if (!places.some((place) => migration.isLocal(place))) held.use(await folder.lock());
  const locks = current.plainLocks();
  held.use(await locks.global());
  for (const scope of await scopes()) {
    if (await current.inspect(scope) !== undefined) held.use(await locks.model(scope));
  }
  const isOther = next.type !== current.type || next.place.path !== current.place.path;
  if (isOther) held.use(await next.plainLocks().global());
}

async function copyAll(
  moves: readonly Move[],
  { next, migration }: SetupDependencies,
): Promise<SetupDocument> {
  const done: (Move & { readonly files: number; readonly bytes: number })[] = [];
  const problems: string[] = [];
  for (const move of moves) {
    if (!await migration.isThere(move.from)) continue;
    // What is evaluated can be evaluated again.
    const report = await migration.copy(move.from, move.to, move.folder.endsWith("-evaluated"));
    problems.push(...report.problems);
    done.push({ ...move, ...report });
  }
  const document = documentOf(next, done, problems);
  if (problems.length === 0) return document;
  throw new UserError(
    "migration_failed",
    [
      `${problems.length} file(s) could not be copied to ${next.place.path}. ` +
      "The repository keeps its datastore; nothing was removed.",
      ...problems.map((problem) => `  ${problem}`),
    ].join("\n"),
    {
      fields: {
        ...document,
        hint: "Remove what is in the way, or choose another folder. " +
          "With --skip-migration the repository uses what is there.",
      },
    },
  );
}

async function removeAll(
  moves: readonly Move[],
  { migration }: SetupDependencies,
  document: SetupDocument,
): Promise<void> {
  const problems: string[] = [];
  for (const { from } of moves) {
    if (!await migration.isThere(from)) continue;
    await migration.remove(from).catch((error) => {
      problems.push(`${from}: ${messageOf(error)}`);
    });
  }
  if (problems.length === 0) return;
  throw new UserError(
    "not_removed",
    [
      "The data were moved, but what was left of them could not be removed:",
      ...problems.map((problem) => `  ${problem}`),
    ].join("\n"),
    {
      fields: {
        ...document,
        errors: problems,
        hint: "Nothing uses these folders any more. Remove them yourself.",
      },
    },
  );
}

function documentOf(
  { type, place: { path } }: Datastore,
  done: readonly (Pick<Move, "folder"> & { readonly files: number; readonly bytes: number })[],
  errors: readonly string[] = [],
): SetupDocument {
  const sum = (key: "files" | "bytes") => done.reduce((total, one) => total + one[key], 0);
  return {
    type,
    ...(type === FILESYSTEM ? { path } : {}),
    filesCopied: sum("files"),
    bytesCopied: sum("bytes"),
    directoriesMigrated: done.map(({ folder }) => folder),
    errors,
  };
}
