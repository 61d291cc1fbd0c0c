import { UserError } from "../errors.ts";
import { type RepositorySettings, type Tool, TOOLS } from "./settings.ts";

/** A key of `.swamp.yaml` whose value cannot be used. */
export interface SettingsProblem {
  readonly key: string;
  /** For example `modelsDir must be a string, not 7`. */
  readonly message: string;
}

type Shape = (value: unknown) => string | undefined;

const string: Shape = (value) => typeof value === "string" ? undefined : "a string";
const boolean: Shape = (value) => typeof value === "boolean" ? undefined : "true or false";
const map: Shape = (value) => isMap(value) ? undefined : "a map";
const strings: Shape = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === "string")
    ? undefined
    : "a list of strings";
const tool: Shape = (value) =>
  TOOLS.includes(value as Tool) ? undefined : `one of ${TOOLS.join(", ")}`;

/** Every key that swamp reads (contract: cli-core 1.5). `logLevel` is judged where it is used. */
const SHAPES: Readonly<Record<string, Shape>> = {
  swampVersion: string,
  initializedAt: string,
  upgradedAt: string,
  repoId: string,
  tool,
  gitignoreManaged: boolean,
  telemetryDisabled: boolean,
  telemetryEndpoint: string,
  telemetryKeepFlushed: boolean,
  modelsDir: string,
  workflowsDir: string,
  vaultsDir: string,
  driversDir: string,
  datastoresDir: string,
  reportsDir: string,
  extensionSources: strings,
  datastore: map,
  "datastore.type": string,
  "datastore.path": string,
  "datastore.config": map,
  "datastore.directories": strings,
  "datastore.exclude": strings,
  trustedCollectives: strings,
  trustMemberCollectives: boolean,
};

/** Whether swamp reads this key of `.swamp.yaml` and knows what it must look like. */
export function isKnownKey(key: string): boolean {
  return Object.hasOwn(SHAPES, key);
}

/** What is wrong with the entries of `.swamp.yaml`. Keys without a value count as absent. */
export function settingsProblems(entries: Readonly<Record<string, unknown>>): SettingsProblem[] {
  return Object.entries(SHAPES).flatMap(([key, shape]) => {
    const value = valueAt(entries, key);
    const expected = value === undefined || value === null ? undefined : shape(value);
    if (expected === undefined) return [];
    return [{ key, message: `${key} must be ${expected}, not ${JSON.stringify(value)}` }];
  });
}

/** The settings in entries that have no problems. */
export function settingsOf(entries: Readonly<Record<string, unknown>>): RepositorySettings {
  const present = Object.entries(entries).filter(([, value]) => value !== null);
  const { logLevel, ...rest } = Object.fromEntries(present);
  return {
    ...rest,
    ...(logLevel === undefined ? {} : { logLevel: String(logLevel) }),
    all: entries,
  };
}

/** The error for a `.swamp.yaml` that cannot be used. */
export function invalidSettings(root: string, reason: string): UserError {
  const text = `${reason}\nCorrect the file in ${root}, or run 'swamp repo init --force' there ` +
    "to replace it (the old one is kept under another name).";
  return new UserError("invalid_settings", text, {
    fields: { file: ".swamp.yaml", repository: root },
  });
}

/** Whether a value is what YAML calls a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valueAt(entries: Readonly<Record<string, unknown>>, key: string): unknown {
  return key.split(".").reduce<unknown>(
    (value, part) => isMap(value) && Object.hasOwn(value, part) ? value[part] : undefined,
    entries,
  );
}
