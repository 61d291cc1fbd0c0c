import { FILESYSTEM } from "../../../../domain/datastores/datastore_choice.ts";
import { messageOf, UserError } from "../../../../domain/errors.ts";
import { normalizeProviderName } from "../../../../domain/extensions/type_name.ts";
import { isMap } from "../../../../domain/repository/settings_check.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import type { CommandContext } from "../../../context.ts";
import { reportedProviderTypes } from "../../types/reported_types.ts";
import { performSetup, requireNoVariable, SKIP_MIGRATION } from "./perform.ts";

/** `swamp datastore setup extension <type>` (contract: cli-automation 8.2). */
export const command: CommandSpec = {
  arguments: "<type:string>",
  options: [
    {
      flags: "--config <json:string>",
      description:
        "Config of the datastore as a JSON object; 'datastore type describe' shows its fields",
    },
    SKIP_MIGRATION,
  ],
  repository: "required",
  examples: [
    {
      title: "A datastore of an extension",
      command: 'swamp datastore setup extension @acme/bucket --config \'{"bucket": "data"}\'',
    },
  ],
  async run(context, options, [raw = ""]) {
    requireNoVariable();
    const type = normalizeProviderName(raw);
    await requireType(context, type);
    const config = configOf(options.config as string | undefined);
    try {
      await performSetup(context, { type, config }, options.skipMigration === true);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== "invalid_config") throw error;
      const issues = error.fields.issues as readonly string[] | undefined;
      const reason = issues?.join("; ") ?? error.message;
      throw new UserError("invalid_config", `Invalid config for "${type}": ${reason}`, {
        fields: { hint: `'swamp datastore type describe ${type}' shows what it may hold.` },
        cause: error,
      });
    }
  },
};

/** Says how to get a type that is not there, before anything else is looked at. */
async function requireType(context: CommandContext, type: string): Promise<void> {
  if (type === FILESYSTEM) {
    throw new UserError(
      "invalid_argument",
      "The type filesystem needs no extension: swamp datastore setup filesystem --path <path>",
    );
  }
  const types = await reportedProviderTypes(context, "datastore")(type);
  if (types.describe(type) !== undefined || types.failureOf(type) !== undefined) return;
  throw new UserError(
    "unknown_type",
    `Datastore type "${type}" is not registered. Install it with: swamp extension pull ${type}`,
    { fields: { available: types.summaries().map(({ normalized }) => normalized) } },
  );
}

function configOf(text = "{}"): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError("invalid_config", `Invalid JSON in --config: ${messageOf(error)}`);
  }
  if (isMap(value)) return value;
  throw new UserError(
    "invalid_config",
    'Invalid JSON in --config: it must be an object such as {"key": "value"}',
  );
}
