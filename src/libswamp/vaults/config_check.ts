import { UserError } from "../../domain/errors.ts";
import { checkProviderConfig } from "../../domain/extensions/provider_config.ts";
import {
  describeVaultType,
  resolveVaultType,
  type VaultTypesSource,
} from "../../domain/vaults/vault_types.ts";
import { unknownArguments } from "../models/check_arguments.ts";

/**
 * Everything that is wrong with the config of a vault, `field: rule` each. Fields that the type does not
 * know are wrong too: they would be dropped silently.
 *
 * @param type normalised type.
 * @throws {UserError} `unknown_type`, `type_broken`.
 */
export async function configIssues(
  type: string,
  config: Readonly<Record<string, unknown>>,
  types: VaultTypesSource,
): Promise<readonly string[]> {
  const { configSchema } = await resolveVaultType(type, types);
  const { issues = [] } = await checkProviderConfig(configSchema, config);
  const schema = (await describeVaultType(type, types))?.configSchema;
  return [...issues, ...unknownArguments(schema, config)];
}

/** The failure for a config of a vault that has issues. */
export function invalidVaultConfig(type: string, issues: readonly string[]): UserError {
  return new UserError(
    "invalid_config",
    `Invalid config for vault type '${type}': ${issues.join("; ")}`,
    { fields: { hint: `'swamp vault type describe ${type}' shows what it may hold.` } },
  );
}
