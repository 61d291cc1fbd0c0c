import type { DataOverrides } from "../../../models/method_context.ts";
import type { DataHandle } from "../../../models/model_type.ts";
import type {
  ContainerFile,
  ContainerRequest,
  ContainerResource,
  ContainerResult,
} from "../container_protocol.ts";
import { base64 } from "./channel.ts";
import type { OwnItems } from "./own_items.ts";

/** Parts of a spec that handles tell of. */
export interface SpecSettings {
  readonly contentType?: string;
  readonly lifetime?: string;
  readonly garbageCollection?: number | string;
  readonly streaming?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What is written, under which spec and name. */
export interface Target {
  readonly kind: "resource" | "file";
  readonly specName: string;
  readonly name: string;
  readonly overrides: DataOverrides;
}

/** Something that was begun. */
export interface OpenFile {
  /** Completes it if that makes sense. */
  settle(succeeded: boolean): Promise<void>;
}

/** Everything that a method has written and swamp is to store. */
export class Outbox {
  readonly #request: ContainerRequest;
  readonly #items: OwnItems;
  readonly #specs: (kind: Target["kind"], specName: string) => SpecSettings;
  readonly #resources: ContainerResource[] = [];
  readonly #files: ContainerFile[] = [];
  readonly #handles: DataHandle[] = [];
  /** Writers that are neither completed nor given up. */
  readonly open = new Set<OpenFile>();

  constructor(
    request: ContainerRequest,
    items: OwnItems,
    specs: (kind: Target["kind"], specName: string) => SpecSettings,
  ) {
    this.#request = request;
    this.#items = items;
    this.#specs = specs;
  }

  /** Refuses specs that the type does not declare. */
  requireSpec({ kind, specName }: Target): void {
    const { resourceSpecs, fileSpecs, modelType } = this.#request;
    const names = Object.keys(kind === "resource" ? resourceSpecs : fileSpecs);
    if (names.includes(specName)) return;
    throw new Error(
      `Undeclared ${kind} spec '${specName}' in model '${modelType}'. ` +
        `Declared ${kind} specs: ${names.join(", ") || "(none)"}`,
    );
  }

  /** Takes JSON data as it is now. */
  addResource(target: Target, data: unknown): DataHandle {
    this.requireSpec(target);
    const text = jsonOf(target.name, data);
    const { specName, name, overrides } = target;
    const index = this.#handles.length;
    this.#resources.push({ specName, name, data: JSON.parse(text), overrides, index });
    return this.#handleOf(target, new TextEncoder().encode(text));
  }

  /** Takes other data. */
  addFile(target: Target, bytes: Uint8Array, dataId?: string): DataHandle {
    const { specName, name, overrides } = target;
    const index = this.#handles.length;
    this.#files.push({ specName, name, content: base64(bytes), overrides, index });
    return this.#handleOf(target, bytes, dataId);
  }

  /** All of it, and what the method said about it. */
  async result(returned: unknown, succeeded: boolean): Promise<ContainerResult> {
    for (const file of this.open) await file.settle(succeeded);
    const { dataHandles } = (returned ?? {}) as { dataHandles?: unknown };
    const named = Array.isArray(dataHandles) ? dataHandles as DataHandle[] : [];
    const indexes = named.map((handle) =>
      this.#handles.findIndex(({ name, version }) =>
        name === handle?.name && version === handle.version
      )
    );
    return {
      resources: this.#resources,
      files: this.#files,
      ...(named.length === 0 ? {} : { returned: indexes.filter((index) => index >= 0) }),
    };
  }

  /** The handle that swamp will most likely give to what was written. */
  #handleOf(target: Target, bytes: Uint8Array, dataId = crypto.randomUUID() as string): DataHandle {
    const { kind, specName, name, overrides } = target;
    const { modelId, definitionMeta } = this.#request;
    const version = (this.#items.versions(name).at(-1) ?? 0) + 1;
    const {
      contentType = "application/json",
      lifetime = "infinite",
      garbageCollection = 10,
      streaming = false,
      tags: specTags,
    } = {
      ...this.#specs(kind, specName),
      ...overrides,
    };
    const tags = {
      ...{ ...definitionMeta.tags, ...specTags, ...this.#request.runtimeTags },
      ...{ type: kind, specName, modelName: definitionMeta.name },
    };
    const ownerDefinition = { ownerType: "model-method", ownerRef: modelId };
    const metadata = {
      ...{ contentType, lifetime, garbageCollection, streaming, tags, ownerDefinition },
    };
    const size = bytes.length;
    const handle: DataHandle = { name, specName, kind, dataId, version, size, tags, metadata };
    this.#handles.push(handle);
    this.#items.add(name, {
      ...{ ...metadata, id: dataId, name, version, size, type: kind, createdAt: new Date() },
      ...{ lifecycle: "active", isDeleted: false, isRenamed: false },
    }, bytes);
    return handle;
  }
}

function jsonOf(name: string, data: unknown): string {
  let text: string | undefined;
  let reason = `${typeof data} has no JSON form`;
  try {
    text = JSON.stringify(data);
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  if (text !== undefined) return text;
  throw new Error(`Resource "${name}" cannot be stored as JSON: ${reason}`);
}
