import { UserError } from "../../domain/errors.ts";
import type { MethodContext, MethodEvent } from "../../domain/models/method_context.ts";
import { modelTypeReference } from "../../domain/models/model_type_reference.ts";
import { type DataRecord, dataRecord } from "../data/data_record.ts";
import { ModelData } from "../data/model_data.ts";
import { findData } from "../data/find_data.ts";
import { restoreSecrets } from "../data/restored_secrets.ts";
import { createDefinitionRepositoryView } from "./definition_repository_view.ts";
import { createFileWriterFactory } from "./file_writer.ts";
import { createMethodLogger } from "../../domain/models/method_logger.ts";
import type { MethodRun } from "./method_run.ts";
import { createRunRepository } from "./run_repository.ts";
import { createResourceWriter } from "./resource_writer.ts";

/** What a method's code is given besides the run itself. */
export interface ContextArguments {
  /** Validated, with defaults. */
  readonly globalArgs: Record<string, unknown>;
  /** Arguments of the method before validation. */
  readonly unresolvedMethodArgs: Readonly<Record<string, unknown>>;
}

/** The context of a check: everything of a method's but the means to write (authoring 2.1). */
export type CheckContext = Omit<
  MethodContext,
  "writeResource" | "readResource" | "readModelData" | "createFileWriter" | "unresolvedMethodArgs"
>;

/** The second parameter of a check's `execute`. */
export function createCheckContext(
  run: MethodRun,
  globalArgs: Record<string, unknown>,
): CheckContext {
  const { definition: { id, name, version, tags }, type, log } = run;
  return {
    signal: run.signal,
    repoDir: run.repoDir,
    modelType: modelTypeReference(type.raw),
    modelId: id,
    globalArgs,
    definition: { id, name, version, tags },
    methodName: run.methodName,
    logger: createMethodLogger(log.category, (level, message, category, properties) => {
      log.add(level, message, category, properties);
    }),
    dataRepository: createRunRepository(run),
    definitionRepository: createDefinitionRepositoryView(run.definitions, {
      ...run,
      ownId: run.definition.id,
      write: (work) => run.written.write(work),
    }),
    ...(Object.keys(run.tags).length === 0 ? {} : { runtimeTags: run.tags }),
    driver: run.driver.type,
    ...(Object.keys(run.driver.config).length === 0 ? {} : { driverConfig: run.driver.config }),
    queryData: async (predicate, select) => {
      const { queryRecords } = await import("../data/query_records.ts");
      using catalog = await run.openCatalog();
      return await queryRecords(catalog, { predicate, select });
    },
    vaultSecrets: run.tokens,
    vaultService: methodVaults(run),
    skipAllChecks: run.checks.skipAll,
    skipCheckNames: [...run.checks.skipNames],
    skipCheckLabels: [...run.checks.skipLabels],
    redactor: run.redactor,
    onEvent: (event) => logEvent(run, event),
  };
}

/** The second parameter of a method's `execute` (contract: authoring 2.1). */
export function createMethodContext(run: MethodRun, given: ContextArguments): MethodContext {
  return {
    ...createCheckContext(run, given.globalArgs),
    unresolvedMethodArgs: given.unresolvedMethodArgs,
    writeResource: createResourceWriter(run),
    createFileWriter: createFileWriterFactory(run),
    readResource: (name, version) => readResource(run, name, version),
    readModelData: (modelName, specName) => readModelData(run, modelName, specName),
  };
}

function methodVaults(
  { openVaults, vaultNames, redactor }: MethodRun,
): MethodContext["vaultService"] {
  return {
    get: async (vault, key) => {
      const secret = await (await openVaults()).get(vault, key);
      redactor.addSecret(secret);
      return secret;
    },
    put: async (vault, key, value) => {
      redactor.addSecret(value);
      await (await openVaults()).put(vault, key, value);
    },
    list: async (vault) => await (await openVaults()).list(vault),
    getVaultNames: () => [...vaultNames()],
  };
}

/** Output of processes is part of the log: stdout as information, stderr as a warning. */
function logEvent({ log }: MethodRun, event: MethodEvent): void {
  if (event.type === "output") log.add(event.stream === "stderr" ? "warning" : "info", event.line);
}

async function readResource(
  run: MethodRun,
  name: string,
  version?: number,
): Promise<Record<string, unknown> | null> {
  const { data, scope } = run;
  const stored = await findData(data, scope, name, version);
  const bytes = stored === undefined ? undefined : await data.content(stored);
  if (bytes === undefined || bytes.length === 0) return null;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UserError(
      "not_json",
      `Failed to parse stored data for instance '${name}': content is not valid JSON`,
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return await restoreSecrets(run, value as Record<string, unknown>);
  }
  throw new UserError("not_json", `Stored data for instance '${name}' is not a JSON object`);
}

async function readModelData(
  run: MethodRun,
  modelName: string,
  specName?: string,
): Promise<DataRecord[]> {
  const { data, definitions } = run;
  const found = await definitions.lookup(modelName);
  if (found?.definition.name !== modelName) return [];
  const all = await new ModelData({ definitions, data }).list(modelName, specName);
  const living = all.filter(({ metadata: { lifecycle, renamedTo } }) =>
    lifecycle !== "deleted" && renamedTo === undefined
  );
  const records = await Promise.all(living.map((stored) => dataRecord(data, stored)));
  const restored: DataRecord[] = [];
  // One by one: a vault may have to ask a service, or start a program, for every secret.
  for (const record of records) {
    restored.push({ ...record, attributes: await restoreSecrets(run, record.attributes) });
  }
  return restored;
}
