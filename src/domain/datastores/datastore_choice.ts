/**
 * Which datastore a repository uses, and who says so (contract: cli-core 1.3 to 1.5).
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { normalizeProviderName } from "../extensions/type_name.ts";
import { isMap } from "../repository/settings_check.ts";
import type { FolderChoice } from "./datastore_folders.ts";
import { expandedPath } from "./path_expansion.ts";

/** The variable that beats `.swamp.yaml`. */
const DATASTORE_VARIABLE = "SWAMP_DATASTORE";

/** The type that needs no extension. */
export const FILESYSTEM = "filesystem";

/** `datastore` in `.swamp.yaml`. */
export interface DatastoreSettings extends FolderChoice {
  readonly type?: string;
  /** Folder of a filesystem datastore. */
  readonly path?: string;
  /** Config of every other type. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** The datastore that was chosen. */
export type DatastoreChoice = FolderChoice & {
  readonly source: "SWAMP_DATASTORE" | ".swamp.yaml";
  /** Normalised. */
  readonly type: string;
  /** Folder of a filesystem datastore, expanded, perhaps relative to the repository. */
  readonly path?: string;
  /** Config of every other type. As text where it is not known yet whether there is such a type. */
  readonly config?: Readonly<Record<string, unknown>> | string;
};

/**
 * The datastore of a repository; `undefined` for its own `.swamp`.
 *
 * @param variable reads an environment variable.
 * @throws {UserError} `invalid_datastore`, `unset_variable`.
 */
export function datastoreChoice(
  settings: DatastoreSettings | undefined,
  variable: (name: string) => string | undefined,
): DatastoreChoice | undefined {
  const named = variable(DATASTORE_VARIABLE);
  if (named) return fromVariable(named, variable);
  return settings === undefined ? undefined : fromSettings(settings, variable);
}

/**
 * The datastore that a `datastore` map of `.swamp.yaml` means.
 *
 * @throws {UserError} `invalid_datastore`, `unset_variable`.
 */
export function fromSettings(
  { type: raw, path, config, directories, exclude }: DatastoreSettings,
  variable: (name: string) => string | undefined,
): DatastoreChoice {
  if (!raw) throw invalid("The datastore in .swamp.yaml requires a 'type' field.");
  const folders = { ...(directories && { directories }), ...(exclude && { exclude }) };
  const type = normalizeProviderName(raw);
  if (type !== FILESYSTEM) return { source: ".swamp.yaml", type, config: config ?? {}, ...folders };
  if (!path) {
    throw invalid("Filesystem datastore config in .swamp.yaml requires a 'path' field.");
  }
  return { source: ".swamp.yaml", type, path: expandedPath(path, variable), ...folders };
}

/**
 * The config in a choice, once its type is known to be there.
 *
 * @throws {UserError} `invalid_config` when it is no JSON map.
 */
export function configOf(
  { type, config = {} }: DatastoreChoice,
): Readonly<Record<string, unknown>> {
  if (typeof config !== "string") return config;
  try {
    const value: unknown = JSON.parse(config);
    if (isMap(value)) return value;
  } catch {
    // The message is the same.
  }
  throw new UserError(
    "invalid_config",
    `Invalid JSON config for datastore type "${type}": ${config}`,
  );
}

/**
 * The error for a type that is not there, in the words of who named it.
 *
 * @param broken sources of datastores that cannot be used; one of them may have been meant.
 */
export function unknownDatastoreType(
  { source, type }: DatastoreChoice,
  available: readonly string[],
  broken: readonly string[],
): UserError {
  const named = source === ".swamp.yaml" ? ` "${type}" in .swamp.yaml.` : `: "${type}".`;
  const unusable = broken.length === 0 ? "" : `\nNot usable: ${broken.join(", ")}`;
  const hint = broken.length > 0
    ? "'swamp doctor extensions' tells what is wrong."
    : type.startsWith("@")
    ? `It may come with: swamp extension pull ${type}`
    : undefined;
  return new UserError(
    "unknown_type",
    `Unknown datastore type${named} Available types: ${available.join(", ")}${unusable}`,
    { fields: { available, ...(hint === undefined ? {} : { hint }) } },
  );
}

function fromVariable(
  text: string,
  variable: (name: string) => string | undefined,
): DatastoreChoice {
  const [, raw = "", rest = ""] = /^\s*([^:\s]+)\s*:(.*)$/s.exec(text) ?? [];
  if (raw === "" || rest.trim() === "") {
    throw invalid(
      `Invalid SWAMP_DATASTORE format: "${text}". ` +
        'Expected "filesystem:/path/to/dir" or "@scope/type:{...}".',
    );
  }
  const source = DATASTORE_VARIABLE;
  const type = normalizeProviderName(raw);
  if (type !== FILESYSTEM) return { source, type, config: rest };
  return { source, type, path: expandedPath(rest.trim(), variable) };
}

function invalid(message: string): UserError {
  return new UserError("invalid_datastore", message);
}
