import { UserError } from "../../../src/domain/errors.ts";
import type { DataStore } from "../../../src/domain/data/data_store.ts";
import { describeModel } from "../../../src/domain/extensions/describe.ts";
import type { ProviderTypes } from "../../../src/domain/extensions/provider_types.ts";
import { parseModel } from "../../../src/domain/extensions/shapes/model_shape.ts";
import type { Definition } from "../../../src/domain/models/definition.ts";
import type { DefinitionStore } from "../../../src/domain/models/definition_store.ts";
import type { ModelType } from "../../../src/domain/models/model_type.ts";
import type { ModelTypes } from "../../../src/domain/models/model_types.ts";
import { Redactor } from "../../../src/domain/redactor.ts";
import { createVaultService, type VaultService } from "../../../src/domain/vaults/vault_service.ts";
import type { RunRecord, RunStore } from "../../../src/domain/models/run_record.ts";
import { createDriverHost } from "../../../src/infrastructure/drivers/local_driver_host.ts";
import { openProviderTypes } from "../../../src/infrastructure/extensions/extension_types.ts";
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { readVaultNames } from "../../../src/infrastructure/persistence/vault_names.ts";
import { createVaultStore } from "../../../src/infrastructure/persistence/yaml_vault_store.ts";
import { createVaultHost } from "../../../src/infrastructure/vaults/local_vault_host.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";
import { createRunStore } from "../../../src/infrastructure/persistence/yaml_run_store.ts";
import type { DriverSources } from "../../../src/libswamp/drivers/driver_sources.ts";
import type { RunDocument } from "../../../src/libswamp/runs/run_document.ts";
import type { RunLogRecord } from "../../../src/libswamp/runs/run_log.ts";
import { runMethod } from "../../../src/libswamp/runs/run_method.ts";
import type { RunMethodRequest } from "../../../src/libswamp/runs/run_request.ts";
import { withRepository } from "../persistence/temporary_repository.ts";
import { memoryVaultTypes } from "../vaults/memory_vault.ts";
import { catalogOf } from "../persistence/catalogs.ts";

/** Id of the definition `t1` that every {@linkcode Lab} has. */
export const MODEL_ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";

/** A repository with one definition, `t1`, of one type, on which methods can be run. */
export interface Lab {
  readonly layout: RepositoryLayout;
  readonly type: ModelType;
  readonly data: DataStore;
  readonly runs: RunStore;
  readonly definitions: DefinitionStore;
  /** Records that the runs so far have shown. */
  readonly shown: readonly RunLogRecord[];
  run(
    method: string,
    request?: Partial<RunMethodRequest>,
    signal?: AbortSignal,
  ): Promise<RunDocument>;
  /** Runs a method that must fail. */
  fail(
    method: string,
    request?: Partial<RunMethodRequest>,
    signal?: AbortSignal,
  ): Promise<UserError>;
  /** Content of the latest version as text, `undefined` where there is none. */
  text(name: string): Promise<string | undefined>;
  /** Content of the latest version as JSON. */
  json(name: string): Promise<Record<string, unknown>>;
  /** The record of the latest run. */
  lastRecord(): Promise<RunRecord>;
  /** Text of the log of a run. */
  log(run: { readonly logFile: string }): Promise<string>;
}

/**
 * Runs `test` in a repository whose type is `exported`, written as an author would export it; type and
 * version may be left out.
 *
 * @param reportTypes the reports of extensions; unless given, asking for them is a mistake.
 * @param drivers how methods are executed elsewhere; the built-in drivers unless told.
 */
export async function withModel(
  exported: Record<string, unknown>,
  test: (lab: Lab) => Promise<void>,
  more: Partial<Definition> = {},
  reportTypes: () => Promise<ProviderTypes> = () => Promise.reject(new Error("No reports wanted")),
  drivers: Partial<DriverSources> = {},
): Promise<void> {
  const type = parseModel({ type: "@acme/thing", version: "2026.01.02.1", ...exported });
  await withRepository(async (layout) => {
    const definitions = createDefinitionStore(layout, () => {});
    await definitions.add({
      ...{ type: type.type, typeVersion: type.version, id: MODEL_ID, name: "t1", version: 1 },
      ...{ tags: {}, globalArguments: {}, methods: {} },
      ...more,
    });
    await test(createLab(layout, type, definitions, reportTypes, drivers));
  });
}

function createLab(
  layout: RepositoryLayout,
  type: ModelType,
  definitions: DefinitionStore,
  reportTypes: () => Promise<ProviderTypes>,
  drivers: Partial<DriverSources>,
): Lab {
  const data = createDataStore(layout);
  const runs = createRunStore(layout);
  const shown: RunLogRecord[] = [];
  const scope = { type: type.type, modelId: MODEL_ID };
  const run: Lab["run"] = (method, request, signal = new AbortController().signal) =>
    runMethod({
      ...{ repoDir: layout.root, definitions, data, runs },
      modelTypes: () => Promise.resolve(typesOf(type)),
      reportTypes,
      drivers: { ...DRIVERS, ...drivers },
      locks: createLocks(layout, { notice: () => {} }),
      log: {
        show: (record) => shown.push(record),
        format: ({ level, message }) => `${level} ${message}`,
      },
      watchConsole: () => {},
      signal: () => signal,
      openCatalog: () => Promise.resolve(catalogOf(layout)),
      openVaults: () => vaultsOf(layout),
      vaultNames: () => readVaultNames(layout),
      environment: () => ({ HOME: "/home/me", REGION: "eu" }),
      redactor: new Redactor(),
      process: { pid: Deno.pid, hostname: Deno.hostname() },
    }, { ...REQUEST, method, ...request });
  const text = async (name: string) => {
    const stored = await data.get(scope, name);
    const bytes = stored === undefined ? undefined : await data.content(stored);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  return {
    ...{ layout, type, data, runs, definitions, shown, run, text },
    fail: async (...args) => {
      try {
        await run(...args);
      } catch (error) {
        if (error instanceof UserError) return error;
        throw error;
      }
      throw new Error("The run did not fail");
    },
    json: async (name) => JSON.parse(await text(name) ?? "null"),
    lastRecord: async () => (await runs.listFor(type.type, MODEL_ID))[0]!,
    log: ({ logFile }) => Deno.readTextFile(logFile),
  };
}

/** The vaults of a repository, of built-in types and of `@acme/memory`. */
export function vaultsOf(layout: RepositoryLayout): Promise<VaultService> {
  return Promise.resolve(createVaultService({
    vaults: createVaultStore(layout, { report: () => {}, warn: () => {} }),
    types: () => Promise.resolve(memoryVaultTypes(layout)),
    host: createVaultHost(layout, () => {}),
  }));
}

/** The built-in drivers, on this machine. */
const DRIVERS: DriverSources = {
  types: () =>
    openProviderTypes("driver", {
      ...{ variable: () => undefined, warn: () => {}, notice: () => {}, trace: () => {} },
    }),
  host: () => Promise.resolve(createDriverHost()),
  bundle: () => Promise.reject(new Error("There is no bundle")),
};

const REQUEST: RunMethodRequest = {
  ...{ model: "t1", method: "", inputs: {}, tags: {}, lastEvaluated: false },
  checks: { skipAll: false, skipNames: [], skipLabels: [] },
  reports: { skipAll: false, skipNames: [], skipLabels: [], names: [], labels: [] },
};

function typesOf(type: ModelType): ModelTypes {
  return {
    summaries: () => [],
    describe: (name) => name === type.type ? describeModel(type) : undefined,
    resolve: () => Promise.resolve(type),
    failures: () => [],
    failureOf: () => undefined,
  };
}
