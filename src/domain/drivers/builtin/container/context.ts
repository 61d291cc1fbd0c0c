import type { DataOverrides, MethodEvent } from "../../../models/method_context.ts";
import { createMethodLogger } from "../../../models/method_logger.ts";
import type { ContainerRequest } from "../container_protocol.ts";
import { answer } from "./answer.ts";
import type { Channel } from "./channel.ts";
import { createDataRepository } from "./data_repository.ts";
import { FileWriter } from "./file_writer.ts";
import type { Outbox } from "./outbox.ts";
import type { OwnItems } from "./own_items.ts";

/** What the context of a method is made of. */
export interface ContextParts {
  readonly request: ContainerRequest;
  /** Those without a value refuse to be read. */
  readonly globalArgs: Readonly<Record<string, unknown>>;
  readonly channel: Channel;
  readonly items: OwnItems;
  readonly outbox: Outbox;
  readonly signal: AbortSignal;
}

/** The second parameter of a method's `execute` in a container (contract: authoring 6.3). */
export function createContext(parts: ContextParts): Record<string, unknown> {
  const { request, globalArgs, channel, items, outbox, signal } = parts;
  const { definitionMeta, methodName, modelType, modelId, runtimeTags } = request;
  const redactor = createRedactor();
  const log: Channel["log"] = (level, message) => channel.log(level, redactor.redact(message));
  return {
    ...{ signal, repoDir: "/swamp", modelType, modelId, globalArgs, methodName, redactor },
    definition: definitionMeta,
    logger: createMethodLogger(
      ["model", "method", "run", definitionMeta.name, methodName],
      log,
    ),
    writeResource: (
      specName: string,
      name: string,
      data: unknown,
      overrides: DataOverrides = {},
    ) => answer(() => outbox.addResource({ kind: "resource", specName, name, overrides }, data)),
    createFileWriter: (specName: string, name: string, overrides: DataOverrides = {}) =>
      new FileWriter(outbox, { kind: "file", specName, name, overrides }),
    readResource: (name: string, version?: number) => readResource(items, name, version),
    dataRepository: createDataRepository(request, items),
    onEvent: ({ stream, line }: MethodEvent) => log(stream === "stderr" ? "warning" : "info", line),
    ...(Object.keys(runtimeTags).length === 0 ? {} : { runtimeTags }),
    unresolvedMethodArgs: request.methodArgs,
    driver: "docker",
    readModelData: unavailable("readModelData"),
    queryData: unavailable("queryData"),
    vaultService: unavailableMembers("vaultService"),
    definitionRepository: unavailableMembers("definitionRepository"),
  };
}

async function readResource(
  items: OwnItems,
  name: string,
  version?: number,
): Promise<Readonly<Record<string, unknown>> | null> {
  const resolved = items.resolved(name, version);
  if (resolved !== undefined) return structuredClone(resolved);
  const bytes = await items.find(name, version)?.read();
  if (bytes === undefined || bytes.length === 0) return null;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error(
      `Failed to parse stored data for instance '${name}': content is not valid JSON`,
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error(`Stored data for instance '${name}' is not a JSON object`);
}

/** Secrets that the method names itself; those of its arguments are swamp's business. */
function createRedactor() {
  const secrets = new Set<string>();
  return {
    addSecret: (text: string) => void (text.length >= 3 && secrets.add(text)),
    redact: (text: string) =>
      [...secrets].reduce((rest, secret) => rest.replaceAll(secret, "***"), text),
    get hasSecrets() {
      return secrets.size > 0;
    },
  };
}

function unavailable(name: string): () => Promise<never> {
  return () =>
    Promise.reject(
      new Error(`context.${name} is not there in a container; the driver raw has it`),
    );
}

function unavailableMembers(name: string): unknown {
  return new Proxy({}, { get: (_, member) => unavailable(`${name}.${String(member)}`) });
}
