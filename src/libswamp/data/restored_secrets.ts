import { messageOf, UserError } from "../../domain/errors.ts";
import type { Redactor } from "../../domain/redactor.ts";
import { parseReference, type SecretReference } from "../../domain/vaults/secret_reference.ts";
import { secretValue } from "../../domain/vaults/stored_secret.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import { mapTexts } from "../expressions/text_mapping.ts";

/** What {@linkcode restoreSecrets} works with. */
export interface RestoringDependencies {
  /** Asked for when there is a secret to be read. */
  readonly openVaults: () => Promise<Pick<VaultService, "get">>;
  /** Told of every secret that is read. */
  readonly redactor: Redactor;
}

/**
 * A copy of plain data with the secrets in the place of the references to them (contract: authoring
 * 3.5). What swamp stored for a sensitive field comes back as it was; other secrets are texts.
 *
 * @throws {UserError} that names the reference whose secret cannot be read.
 */
export async function restoreSecrets<T>(
  dependencies: RestoringDependencies,
  data: T,
): Promise<T> {
  const restored = await mapTexts(data, [], async (text) => {
    const reference = parseReference(text);
    return reference === undefined ? text : await read(dependencies, reference);
  });
  return restored as T;
}

async function read(
  { openVaults, redactor }: RestoringDependencies,
  { vault, key }: SecretReference,
): Promise<unknown> {
  let text: string;
  try {
    text = await (await openVaults()).get(vault, key);
  } catch (error) {
    throw new UserError(
      error instanceof UserError ? error.code : "vault_failed",
      `Failed to resolve vault expression vault.get(${vault}, ${key}): ${messageOf(error)}`,
      { cause: error, ...(error instanceof UserError ? { fields: error.fields } : {}) },
    );
  }
  const value = secretValue(key, text);
  redactor.addSecretValue(value);
  return value;
}
