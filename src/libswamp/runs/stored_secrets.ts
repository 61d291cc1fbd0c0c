import { messageOf, UserError } from "../../domain/errors.ts";
import type { ResourceSpec } from "../../domain/models/model_type.ts";
import type { JsonSchema } from "../../domain/extensions/descriptor.ts";
import type { KeptTexts } from "../../domain/redactor.ts";
import {
  fieldText,
  propertyNames,
  replacePlaces,
  type SensitivePlace,
  sensitivePlaces,
} from "../../domain/models/sensitive_fields.ts";
import { referenceText, type SecretReference } from "../../domain/vaults/secret_reference.ts";
import { storedSecret } from "../../domain/vaults/stored_secret.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import { type MethodRun, warn } from "./method_run.ts";

/** A resource that is about to be written. */
export interface SensitiveResource {
  readonly specName: string;
  readonly spec: ResourceSpec;
  readonly name: string;
  readonly version: number;
  /** Plain JSON data; stays as it is. */
  readonly data: unknown;
}

/**
 * Puts the sensitive values of a resource into vaults and gives its data to `write`, with references in
 * their place (contract: authoring 3.5). Where anything fails, the secrets are deleted again.
 *
 * @param write told, too, of the texts and keys in the data that are no secrets: the references, and
 * the names of fields, even if a secret has the same text.
 * @throws {UserError} `no_vault`, and what is wrong with a vault.
 */
export async function storingSecrets<T>(
  run: MethodRun,
  resource: SensitiveResource,
  write: (data: unknown, kept: KeptTexts) => Promise<T>,
): Promise<T> {
  const schema = schemaOf(run, resource);
  const places = sensitiveValues(schema, resource);
  const keys = new Set(propertyNames(schema));
  if (places.length === 0) return await write(resource.data, { texts: new Set(), keys });
  const vaults = await run.openVaults();
  const stored: SecretReference[] = [];
  try {
    const chosen = await chooseVaults(vaults, resource.spec, places);
    const texts = new Map<SensitivePlace, string>();
    for (const place of places) {
      const reference = await keyed(run, resource, place, chosen.get(place)!);
      stored.push(reference);
      texts.set(place, referenceText(reference));
      await put(run, vaults, place, reference);
    }
    const data = replacePlaces(resource.data, places, (place) => texts.get(place));
    for (const { path } of places) path.forEach((step) => keys.add(String(step)));
    return await write(data, { texts: new Set(texts.values()), keys });
  } catch (error) {
    await takeBack(run, vaults, stored, resource);
    throw error;
  }
}

/** A secret of a resource: where it is, and what is put there. */
type KeyedSecret = SecretReference & { readonly text: string };

function schemaOf({ descriptor }: MethodRun, { specName }: SensitiveResource): JsonSchema {
  return descriptor.dataOutputSpecs.find((output) =>
    output.kind === "resource" && output.specName === specName
  )?.schema ?? {};
}

/** What the schema calls sensitive; every member of a resource that is sensitive as a whole. */
function sensitiveValues(
  schema: JsonSchema,
  { spec, data }: SensitiveResource,
): SensitivePlace[] {
  const places = sensitivePlaces(schema, data);
  const isWhole = spec.sensitiveOutput === true || places.some(({ path }) => path.length === 0);
  if (!isWhole || data === null) return places;
  if (typeof data !== "object" || Array.isArray(data)) {
    return [places.find(({ path }) => path.length === 0) ?? { path: [], value: data }];
  }
  return Object.entries(data).flatMap(([key, value]) => {
    const marked = places.find(({ path }) => path.length === 1 && path[0] === key);
    return value === null ? [] : [marked ?? { path: [key], value }];
  });
}

/** `field.vaultName ?? spec.vaultName ??` the first vault into which anything can be put. */
async function chooseVaults(
  vaults: VaultService,
  spec: ResourceSpec,
  places: readonly SensitivePlace[],
): Promise<ReadonlyMap<SensitivePlace, string>> {
  const names = await vaults.getVaultNames();
  if (names.length === 0) {
    const fields = places.map(({ path }) => `'${fieldText(path)}'`).join(", ");
    throw new UserError(
      "no_vault",
      `Cannot persist data: fields ${fields} are marked as sensitive but no vault is configured. ` +
        "Create a vault using: swamp vault create <type> <name>",
    );
  }
  const isNamed = ({ vaultName }: SensitivePlace) => (vaultName ?? spec.vaultName) !== undefined;
  const first = places.every(isNamed) ? "" : await firstWritable(vaults, names);
  return new Map(places.map((place) => [place, place.vaultName ?? spec.vaultName ?? first]));
}

async function firstWritable(vaults: VaultService, names: readonly string[]): Promise<string> {
  for (const name of names) {
    if ((await vaults.open(name)).readOnly === undefined) return name;
  }
  return names[0]!;
}

async function keyed(
  { definition, scope }: MethodRun,
  { name, version }: SensitiveResource,
  { path, value, vaultKey }: SensitivePlace,
  vault: string,
): Promise<KeyedSecret> {
  const origin = { model: definition.name, scope, instance: name, version };
  return { vault, ...await storedSecret({ ...origin, field: fieldText(path), vaultKey }, value) };
}

async function put(
  run: MethodRun,
  vaults: VaultService,
  { path, value }: SensitivePlace,
  reference: SecretReference,
): Promise<void> {
  const { vault, key, text } = reference as KeyedSecret;
  run.redactor.addSecretValue(value);
  try {
    await vaults.put(vault, key, text);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "vault_failed") throw error;
    throw new UserError(
      error.code,
      `Failed to store sensitive field "${fieldText(path)}" in vault "${vault}": ${error.message}`,
      { fields: error.fields, cause: error },
    );
  }
  run.log.add("info", `Stored sensitive field "${fieldText(path)}" in vault "${vault}"`);
}

/** Nobody will ever refer to these secrets. The last one may not have been stored at all. */
async function takeBack(
  run: MethodRun,
  vaults: VaultService,
  stored: readonly SecretReference[],
  { name }: SensitiveResource,
): Promise<void> {
  for (const { vault, key } of stored) {
    try {
      await vaults.delete(vault, key);
    } catch (error) {
      const keys: readonly string[] = await vaults.list(vault).catch(() => [key]);
      if (!keys.includes(key)) continue;
      warn(run, {
        code: "secret_left_behind",
        message: `"${name}" could not be written, but its secret "${key}" may be left in vault ` +
          `"${vault}": ${messageOf(error)}`,
        ...{ vault, key },
      });
    }
  }
}
