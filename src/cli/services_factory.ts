import type { RefreshReport } from "../domain/extensions/refresh_report.ts";
import type { ProviderKind } from "../domain/extensions/shapes/provider_shape.ts";
import type { DamageReporter } from "../domain/repository/damage.ts";
import { shownPath } from "../domain/repository/shown_path.ts";
import type { Trace } from "../domain/trace.ts";
import type { RepositoryFinder } from "../infrastructure/persistence/repository_finder.ts";
import type { RepositoryLayout } from "../infrastructure/persistence/repository_layout.ts";
import { createDatastoreServices, layoutOf, openLocks } from "./datastore_services.ts";
import type { Interruption } from "./interruption.ts";
import { once } from "./once.ts";
import { refreshText } from "./output/extensions/refresh.ts";
import type { Output } from "./output/output.ts";
import type { Services } from "./services.ts";
import { createStdoutGuard } from "./stdout_guard.ts";

/** What {@linkcode createServices} builds on. */
export interface ServicesOptions {
  readonly finder: LazyRepositoryFinder;
  /** Longest wait for a lock in milliseconds. */
  readonly waitMs: number | undefined;
  readonly trace: Trace;
  readonly interruption: Interruption;
  /** Where services tell of damage and of waiting. */
  readonly output: Output;
}

/** A finder whose module is imported when it is first asked for. */
export type LazyRepositoryFinder = () => Promise<RepositoryFinder>;

/**
 * The finder of this process.
 *
 * @param repoDir directory of the repository, `undefined` to search upwards from the working directory.
 */
export function lazyRepositoryFinder(repoDir: string | undefined): LazyRepositoryFinder {
  return once(async () => {
    const { createRepositoryFinder } = await import(
      "../infrastructure/persistence/repository_finder.ts"
    );
    return createRepositoryFinder(Deno.cwd(), repoDir);
  });
}

/** Services whose parts are built, and whose modules are imported, when a command asks for them. */
export function createServices(options: ServicesOptions): Services {
  const { finder, output } = options;
  const required = async () => (await finder()).required();
  const types = typeServices(options);
  const { layout, ...datastore } = createDatastoreServices({
    ...options,
    types: (onlyType) => types.providerTypes("datastore", onlyType),
  });
  /** The layout, and who is told of what is damaged in it. */
  const place = once(async () => {
    const found = await layout();
    return [found, damageReporter(found, output)] as const;
  });
  return {
    get workingDirectory() {
      return Deno.cwd();
    },
    repository: required,
    repositoryIfAny: async () => (await finder()).ifAny(),
    ...types,
    ...vaultServices(place, types, output),
    ...dataServices(place, output),
    ...runServices(place),
    driverHost: once(async () => {
      const { createDriverHost } = await import("../infrastructure/drivers/local_driver_host.ts");
      return createDriverHost();
    }),
    ...datastore,
    folderMigration: async () => {
      const { localFolderMigration } = await import(
        "../infrastructure/datastores/local_folder_migration.ts"
      );
      return localFolderMigration((await required()).root);
    },
    repositoryFolder: async (root) => {
      const { localRepositoryFolder } = await import(
        "../infrastructure/persistence/local_repository_folder.ts"
      );
      const lock = async () => (await openLocks(await layoutOf(root), options)).global();
      return localRepositoryFolder(root, lock);
    },
  };
}

type Place = () => Promise<readonly [RepositoryLayout, DamageReporter]>;

/** The types of extensions, their code and their state. */
function typeServices(options: ServicesOptions) {
  const { finder, output } = options;
  const typesOptions = async () => ({
    ...extensionFrame(options),
    repository: await (await finder()).forgiving(output.warn),
  });
  return {
    modelTypes: async (onlyType?: string) => {
      const { openModelTypes } = await import("../infrastructure/extensions/extension_types.ts");
      return await openModelTypes({ ...await typesOptions(), onlyType });
    },
    providerTypes: async (kind: ProviderKind, onlyType?: string) => {
      const { openProviderTypes } = await import("../infrastructure/extensions/extension_types.ts");
      return await openProviderTypes(kind, { ...await typesOptions(), onlyType });
    },
    extensionHealth: async () => {
      const { createExtensionHealth } = await import("../infrastructure/extensions/health.ts");
      const repository = await (await finder()).required();
      // What a refresh warns of is part of what the health report says.
      return createExtensionHealth(repository, { ...extensionFrame(options), warn: () => {} });
    },
    methodBundle: async (type: string) => {
      const { bundleMethods } = await import("../infrastructure/drivers/method_bundle.ts");
      return await bundleMethods(type, await typesOptions());
    },
  };
}

/** Vaults and the secrets in them. */
function vaultServices(
  place: Place,
  { providerTypes }: Pick<Services, "providerTypes">,
  { warn }: Output,
): Pick<Services, "vaults" | "vaultService" | "vaultNames"> {
  const vaults = once(async () => {
    const { createVaultStore } = await import("../infrastructure/persistence/yaml_vault_store.ts");
    const [layout, report] = await place();
    return createVaultStore(layout, { report, warn });
  });
  return {
    vaults,
    vaultNames: async () => {
      const { readVaultNames } = await import("../infrastructure/persistence/vault_names.ts");
      const [layout] = await place();
      return () => readVaultNames(layout);
    },
    vaultService: once(async () => {
      const [{ createVaultService }, { createVaultHost }] = await Promise.all([
        import("../domain/vaults/vault_service.ts"),
        import("../infrastructure/vaults/local_vault_host.ts"),
      ]);
      const [layout] = await place();
      const host = createVaultHost(layout, warn);
      const types = once(() => providerTypes("vault"));
      return createVaultService({ vaults: await vaults(), types, host });
    }),
  };
}

/** Definitions and what their methods wrote. */
function dataServices(
  place: Place,
  { warn }: Output,
): Pick<Services, "definitions" | "definitionsUnreported" | "data" | "dataCatalog"> {
  const openDefinitions = async (isReported: boolean) => {
    const { createDefinitionStore } = await import(
      "../infrastructure/persistence/yaml_definition_store.ts"
    );
    const [layout, report] = await place();
    return createDefinitionStore(layout, isReported ? report : () => {});
  };
  const definitions = once(() => openDefinitions(true));
  return {
    definitions,
    definitionsUnreported: once(() => openDefinitions(false)),
    data: once(async () => {
      const { createDataStore } = await import("../infrastructure/persistence/file_data_store.ts");
      return createDataStore(...await place());
    }),
    dataCatalog: async () => {
      const { createDataCatalog } = await import(
        "../infrastructure/persistence/data/file_data_catalog.ts"
      );
      const [{ data, dataCatalog: file }, report] = await place();
      const modelNames = async () => {
        const listing = await (await definitions()).list();
        return new Map(listing.definitions.map(({ definition: { id, name } }) => [id, name]));
      };
      return createDataCatalog({ data, file, report, warn, modelNames });
    },
  };
}

/** Records of runs. */
function runServices(place: Place): Pick<Services, "runs" | "runHistory" | "workflowRunStates"> {
  return {
    runs: once(async () => {
      const { createRunStore } = await import("../infrastructure/persistence/yaml_run_store.ts");
      return createRunStore(...await place());
    }),
    runHistory: once(async () => {
      const { createRunHistory } = await import(
        "../infrastructure/persistence/runs/run_history.ts"
      );
      return createRunHistory(...await place());
    }),
    workflowRunStates: async () => {
      const { workflowRunStates } = await import(
        "../infrastructure/persistence/runs/workflow_run_states.ts"
      );
      const [{ workflowRuns }] = await place();
      return workflowRunStates(workflowRuns);
    },
  };
}

/** What the way from sources to types needs of the command line. */
function extensionFrame({ output, trace }: ServicesOptions) {
  return {
    variable: (name: string) => Deno.env.get(name),
    warn: output.warn,
    notice: output.notice,
    trace,
    report: (report: RefreshReport) => output.log("debug", "extensions", refreshText(report)),
    progress: () => output.progress("indexing extensions"),
    guardStdout: createStdoutGuard(output.mode),
  };
}

/** Warns of files that stores skip, by their path in the repository; once, however many skip it. */
function damageReporter({ root }: RepositoryLayout, output: Output): DamageReporter {
  const told = new Set<string>();
  return ({ path, reason }) => {
    if (told.has(path)) return;
    told.add(path);
    output.warn(`Skipping ${shownPath(root, path)}: ${reason}`);
  };
}
