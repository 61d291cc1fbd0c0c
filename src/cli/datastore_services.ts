/**
 * Where a repository keeps what its commands write. Part of the composition root.
 *
 * @module
 */
import type { Datastore } from "../domain/datastores/datastore.ts";
import type { DatastoreChoice, DatastoreSettings } from "../domain/datastores/datastore_choice.ts";
import type { DatastorePlace } from "../domain/datastores/datastore_folders.ts";
import type { ProviderTypes } from "../domain/extensions/provider_types.ts";
import type { Locks } from "../domain/repository/locks.ts";
import { UserError } from "../domain/errors.ts";
import type { Repository } from "../domain/repository/repository.ts";
import type { RepositorySettings } from "../domain/repository/settings.ts";
import type { LockOptions } from "../infrastructure/persistence/lock_wait.ts";
import type { RepositoryLayout } from "../infrastructure/persistence/repository_layout.ts";
import { once } from "./once.ts";
import type { ServicesOptions } from "./services_factory.ts";

/** What depends on where a repository keeps what its commands write. */
export interface DatastoreServices {
  /** The layout of the repository, whose datastore can be used. */
  readonly layout: () => Promise<RepositoryLayout>;
  /** Locks for who writes. */
  readonly locks: () => Promise<Locks>;
  /** The datastore, whatever state it is in. */
  readonly datastore: () => Promise<Datastore>;
  /** The datastore that settings would mean; nothing is changed. */
  readonly otherDatastore: (settings: DatastoreSettings) => Promise<Datastore>;
}

/** What {@linkcode createDatastoreServices} builds on. */
export interface DatastoreServicesOptions extends ServicesOptions {
  /** The datastore types, or if only one is needed, at least that. */
  readonly types: (onlyType?: string) => Promise<ProviderTypes>;
}

const variable = (name: string) => Deno.env.get(name);

/**
 * Reads environment and settings. A repository for which neither names a datastore pays for nothing of
 * this.
 */
export function createDatastoreServices(options: DatastoreServicesOptions): DatastoreServices {
  const repository = async () => (await options.finder()).required();
  const elsewhere = once(async () => {
    const found = await repository();
    const { datastore } = found.settings;
    if (!variable("SWAMP_DATASTORE") && datastore === undefined) return undefined;
    const { datastoreChoice } = await import("../domain/datastores/datastore_choice.ts");
    const choice = datastoreChoice(datastore, variable);
    return choice && await open(choice, found, options);
  });
  const layout = once(async () => {
    const { root } = await repository();
    const found = await elsewhere();
    if (found !== undefined) {
      const { requireFolder } = await import("../infrastructure/datastores/open_datastore.ts");
      await requireFolder(found);
    }
    return await layoutOf(root, found?.place);
  });
  return {
    layout,
    locks: once(async () => {
      const place = await layout();
      return (await elsewhere())?.locks() ?? await openLocks(place, options);
    }),
    datastore: once(async () =>
      await elsewhere() ?? await local((await repository()).root, options)
    ),
    otherDatastore: async (settings) => {
      const { fromSettings } = await import("../domain/datastores/datastore_choice.ts");
      return await open(fromSettings(settings, variable), await repository(), options);
    },
  };
}

/** The layout of a repository: with what its commands write in `place`, or in its own `.swamp`. */
export async function layoutOf(root: string, place?: DatastorePlace): Promise<RepositoryLayout> {
  const { localPlace, repositoryLayout } = await import(
    "../infrastructure/persistence/repository_layout.ts"
  );
  return repositoryLayout(root, place ?? localPlace(root));
}

/** Locks that are released even if the command is interrupted and does not end. */
export async function openLocks(
  layout: RepositoryLayout,
  options: ServicesOptions,
): Promise<Locks> {
  const { createLocks } = await import("../infrastructure/persistence/file_locks.ts");
  const locks = createLocks(layout, lockOptions(layout.root, options));
  options.interruption.beforeExit(() => locks.releaseAll());
  return locks;
}

function lockOptions(root: string, { finder, output, waitMs }: ServicesOptions): LockOptions {
  return {
    notice: output.notice,
    ...(waitMs === undefined ? {} : { waitMs }),
    afterWaiting: async () => {
      const [{ createRepositoryFinder }, known] = await Promise.all([
        import("../infrastructure/persistence/repository_finder.ts"),
        finder(),
      ]);
      const [before, now] = await Promise.all(
        [known, createRepositoryFinder(root, ".")].map((one) => one.forgiving(() => {})),
      );
      if (before?.root !== root || isSame(before.settings, now?.settings)) return;
      throw new UserError(
        "datastore_changed",
        "The datastore of the repository was changed while this command waited. Run it again.",
      );
    },
  };
}

function isSame({ datastore }: RepositorySettings, now: RepositorySettings | undefined): boolean {
  return JSON.stringify(datastore) === JSON.stringify(now?.datastore);
}

/** The datastore of a repository that names none. */
async function local(root: string, options: ServicesOptions): Promise<Datastore> {
  const [{ filesystemDatastore }, { localPlace }] = await Promise.all([
    import("../infrastructure/datastores/filesystem_datastore.ts"),
    import("../infrastructure/persistence/repository_layout.ts"),
  ]);
  const place = localPlace(root);
  const locks = await openLocks(await layoutOf(root, place), options);
  return filesystemDatastore({ root, place, locks });
}

async function open(
  choice: DatastoreChoice,
  repository: Repository,
  options: DatastoreServicesOptions,
): Promise<Datastore> {
  const [{ openDatastore }, { createDatastoreGuard }] = await Promise.all([
    import("../infrastructure/datastores/open_datastore.ts"),
    import("./datastore_guard.ts"),
  ]);
  const { interruption, output, types } = options;
  return await openDatastore(choice, {
    ...{ repository, variable, types, warn: output.warn },
    guard: createDatastoreGuard(output.mode),
    lockOptions: lockOptions(repository.root, options),
    onLocks: (locks) => interruption.beforeExit(() => locks.releaseAll()),
    fileLocks: async (place) => await openLocks(await layoutOf(repository.root, place), options),
  });
}
