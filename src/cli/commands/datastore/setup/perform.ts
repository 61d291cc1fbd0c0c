import type { Datastore } from "../../../../domain/datastores/datastore.ts";
import type { DatastoreSettings } from "../../../../domain/datastores/datastore_choice.ts";
import { UserError } from "../../../../domain/errors.ts";
import { lockableModels } from "../../../../libswamp/datastores/lock_status.ts";
import { setupDatastore } from "../../../../libswamp/datastores/setup.ts";
import type { OptionSpec } from "../../../command_spec.ts";
import type { CommandContext } from "../../../context.ts";
import { renderSetup } from "../../../output/datastores/setup.ts";

/** The option that every setup has. */
export const SKIP_MIGRATION: OptionSpec = {
  flags: "--skip-migration",
  description: "Move nothing: what there is stays where it is",
};

/** @throws {UserError} `datastore_overridden` where `.swamp.yaml` would not be heeded anyway. */
export function requireNoVariable(): void {
  if (!Deno.env.get("SWAMP_DATASTORE")) return;
  throw new UserError(
    "datastore_overridden",
    "SWAMP_DATASTORE is set and beats .swamp.yaml, which this command would change. " +
      "Unset the variable and try again.",
  );
}

/** Makes the datastore that settings mean that of the repository, and tells how it went. */
export async function performSetup(
  { output, services }: CommandContext,
  settings: DatastoreSettings,
  skipMigration: boolean,
): Promise<void> {
  const { root, settings: { datastore } } = await services.repository();
  const kept = datastore?.exclude === undefined ? {} : { exclude: datastore.exclude };
  const wanted = { ...settings, ...kept };
  const next = await services.otherDatastore(wanted);
  const migration = await services.folderMigration();
  // The default needs no settings, and without them the repository can be moved.
  const written = migration.isLocal(next.place) ? undefined : writtenSettings(wanted, next);
  const document = await setupDatastore(
    {
      next,
      migration,
      current: () => services.datastore(),
      scopes: async () =>
        await lockableModels({
          definitions: await services.definitions(),
          data: await services.data(),
        }),
      folder: await services.repositoryFolder(root),
    },
    written,
    skipMigration,
  );
  output.result(document, renderSetup);
}

/** Settings as they are stored: a folder by its absolute path. */
function writtenSettings(settings: DatastoreSettings, { place }: Datastore): DatastoreSettings {
  return settings.path === undefined ? settings : { ...settings, path: place.path };
}
