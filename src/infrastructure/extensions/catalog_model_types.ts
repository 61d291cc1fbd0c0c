import { UserError } from "../../domain/errors.ts";
import { mergeDescriptors, type Problem } from "../../domain/extensions/claims.ts";
import type {
  ModelDescriptor,
  ModelExtensionDescriptor,
} from "../../domain/extensions/descriptor.ts";
import { TypeRegistry } from "../../domain/extensions/type_registry.ts";
import type { BuiltInModel } from "../../domain/models/builtin/mod.ts";
import type { ModelRegistry, ModelType } from "../../domain/models/model_type.ts";
import type { ModelTypes, SourceFailure, TypeSummary } from "../../domain/models/model_types.ts";
import type { SourceRow } from "../persistence/extension_catalog_rows.ts";
import type { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import type { LoadSettings } from "./load_model.ts";

/** What model types are made of. */
export interface ModelTypesSettings extends LoadSettings {
  readonly builtIns: readonly BuiltInModel[];
  /** The extension catalog; without it there are only built-ins. */
  readonly catalog?: ExtensionCatalogStore | undefined;
  /** Looks at every source again, bundles included, and gives the catalog that results. */
  readonly rebuild?: () => Promise<ExtensionCatalogStore>;
}

/** The model types of a repository: built-ins and what the extension catalog knows. */
export class CatalogModelTypes implements ModelTypes {
  readonly #settings: ModelTypesSettings;
  readonly #registry: ModelRegistry = new TypeRegistry<ModelType, ModelDescriptor>();
  readonly #builtIns: ReadonlyMap<string, BuiltInModel>;
  #catalog: ExtensionCatalogStore | undefined;

  constructor(settings: ModelTypesSettings) {
    this.#settings = settings;
    this.#catalog = settings.catalog;
    this.#builtIns = new Map(settings.builtIns.map((model) => [model.descriptor.type, model]));
    this.#registry.setLazySource({
      describe: (type) => this.#describe(type),
      types: () => this.summaries().map(({ normalized }) => normalized),
    });
    this.#registry.setTypeLoader((type) => this.#load(type));
  }

  summaries(containing = ""): readonly TypeSummary[] {
    const wanted = containing.toLowerCase();
    const builtIns = [...this.#builtIns.values()]
      .filter(({ descriptor }) => descriptor.type.includes(wanted))
      .map(({ descriptor: { raw, type, version, description } }) => ({
        raw,
        normalized: type,
        version,
        description,
        builtIn: true,
      }));
    const extensions = (this.#catalog?.types("model", wanted) ?? []).map((row) => ({
      raw: row.raw,
      normalized: row.type,
      version: row.version,
      description: row.description,
      builtIn: false,
    }));
    return [...builtIns, ...extensions];
  }

  describe(type: string): ModelDescriptor | undefined {
    return this.#registry.describe(type);
  }

  async resolve(type: string): Promise<ModelType> {
    if (!this.#registry.has(type)) throw this.#unknown(type);
    return await this.#registry.resolve(type);
  }

  failures(): readonly SourceFailure[] {
    const broken = this.#catalog?.brokenSources().map(failureOfSource) ?? [];
    const problems = this.#catalog?.problems() ?? [];
    return [...broken, ...[...problems, ...this.#mergeProblems()].map(failureOfProblem)];
  }

  failureOf(type: string): SourceFailure | undefined {
    return this.failures().find((failure) => failure.type === type);
  }

  #describe(type: string): ModelDescriptor | undefined {
    return this.#merge(type)?.model;
  }

  #merge(type: string) {
    const own = this.#catalog?.activeTypes("model", type)[0];
    const model = this.#builtIns.get(type)?.descriptor ??
      (own && this.#catalog?.descriptor(own.sourcePath, "model") as ModelDescriptor | undefined);
    if (model === undefined) return undefined;
    const extensions = this.#catalog?.activeTypes("extension", type) ?? [];
    return mergeDescriptors(
      model,
      own?.sourcePath ?? "built in",
      extensions.map(({ sourcePath }) => ({
        source: sourcePath,
        extension: this.#catalog!.descriptor(sourcePath, "extension") as ModelExtensionDescriptor,
      })),
    );
  }

  /** Conflicts between the extensions of every type that has any. */
  #mergeProblems(): Problem[] {
    const extended = new Set(this.#catalog?.types("extension").map(({ type }) => type));
    return [...extended].flatMap((type) => this.#merge(type)?.problems ?? []);
  }

  /** A bundle that cannot be imported may be damaged: one that was built again is tried once. */
  async #load(type: string): Promise<ModelType> {
    try {
      return await this.#import(type);
    } catch (thrown) {
      const before = this.#catalog?.activeTypes("model", type)[0]?.bundlePath;
      this.#catalog = await this.#settings.rebuild?.();
      const after = this.#catalog?.activeTypes("model", type)[0]?.bundlePath;
      if (after === undefined || after === before) throw thrown;
      return await this.#import(type);
    }
  }

  async #import(type: string): Promise<ModelType> {
    const builtIn = await this.#builtIns.get(type)?.load();
    const base = builtIn ?? this.#catalog?.activeTypes("model", type)[0];
    if (base === undefined) throw this.#unknown(type);
    const extensions = this.#catalog?.activeTypes("extension", type) ?? [];
    if (builtIn !== undefined && extensions.length === 0) return builtIn;
    const { loadModel } = await import("./load_model.ts");
    return await loadModel(this.#settings, base, extensions);
  }

  #unknown(type: string): UserError {
    const failure = this.failureOf(type);
    if (failure === undefined) return new UserError("unknown_type", `Unknown model type: ${type}`);
    return new UserError(
      "type_broken",
      `Model type '${type}' cannot be used: ${failure.source}: ${failure.error}`,
    );
  }
}

function failureOfSource(row: SourceRow): SourceFailure {
  return {
    source: row.sourcePath,
    error: row.error,
    transient: row.transient,
    ...(row.claims === "" ? {} : { type: row.claims.toLowerCase() }),
  };
}

function failureOfProblem({ source, message }: Problem): SourceFailure {
  return { source, error: message, transient: false };
}
