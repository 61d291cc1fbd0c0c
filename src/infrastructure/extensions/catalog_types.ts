import { UserError } from "../../domain/errors.ts";
import type { Merged, Problem } from "../../domain/extensions/claims.ts";
import type {
  BuiltIn,
  ExtensionTypes,
  SourceFailure,
  TypeSummary,
} from "../../domain/extensions/extension_types.ts";
import { type ExtensionKind, KINDS } from "../../domain/extensions/kinds.ts";
import { normalizeTypeName } from "../../domain/extensions/type_name.ts";
import type { TypeRegistry } from "../../domain/extensions/type_registry.ts";
import type { ActiveType, PackageRow, SourceRow } from "../persistence/extension_catalog_rows.ts";
import type { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";

/** What of a kind is not the same for all kinds. */
export interface KindBehavior<T, D> {
  readonly kind: ExtensionKind;
  /** The descriptor of a type with everything merged in that other sources add. */
  merge(descriptor: D, base: ActiveType | undefined, catalog: ExtensionCatalogStore): Merged<D>;
  /** Types that other sources may add something to. */
  extended(catalog: ExtensionCatalogStore): readonly string[];
  /** The code of a type, from its row in the catalog or from a built-in. */
  load(type: string, base: ActiveType | T, loading: Loading): Promise<T>;
}

/** What {@linkcode KindBehavior.load} is told beside the type. */
export interface Loading {
  readonly catalog: ExtensionCatalogStore | undefined;
  /**
   * Whether a source that adds something to the type and cannot be loaded is a failure; otherwise it
   * is reported and left out.
   */
  readonly strict: boolean;
}

/** What the types of a kind are made of. */
export interface CatalogTypesSettings<T, D> {
  readonly behavior: KindBehavior<T, D>;
  /** Empty; it is told where its types come from. */
  readonly registry: TypeRegistry<T, D>;
  readonly builtIns: readonly BuiltIn<T, D>[];
  /** The extension catalog; without it there are only built-ins. */
  readonly catalog?: ExtensionCatalogStore | undefined;
  /** Looks at every source again, bundles included, and gives the catalog that results. */
  readonly rebuild?: () => Promise<ExtensionCatalogStore>;
}

/** Fields that the descriptor of any kind of type has. */
export interface Described {
  readonly raw: string;
  readonly type: string;
  readonly version?: string;
  readonly description: string;
}

/** The types of one kind in a repository: built-ins and what the extension catalog knows. */
export class CatalogTypes<T extends object, D extends Described> implements ExtensionTypes<T, D> {
  readonly #behavior: KindBehavior<T, D>;
  readonly #registry: TypeRegistry<T, D>;
  readonly #builtIns: ReadonlyMap<string, BuiltIn<T, D>>;
  readonly #rebuild: (() => Promise<ExtensionCatalogStore>) | undefined;
  #catalog: ExtensionCatalogStore | undefined;

  constructor({ behavior, registry, builtIns, catalog, rebuild }: CatalogTypesSettings<T, D>) {
    this.#behavior = behavior;
    this.#registry = registry;
    this.#catalog = catalog;
    this.#rebuild = rebuild;
    this.#builtIns = new Map(builtIns.map((builtIn) => [builtIn.descriptor.type, builtIn]));
    this.#registry.setLazySource({
      describe: (type) => this.#merge(type)?.model,
      types: () => this.summaries().map(({ normalized }) => normalized),
    });
    this.#registry.setTypeLoader((type) => this.#load(type));
  }

  summaries(containing = "", orNear = false): readonly TypeSummary[] {
    const wanted = containing.toLowerCase();
    const { kind } = this.#behavior;
    const builtIns = [...this.#builtIns.values()]
      .filter(({ descriptor }) => orNear || descriptor.type.includes(wanted))
      .map(({ descriptor: { raw, type, version = "", description } }) => ({
        raw,
        normalized: type,
        version,
        description,
        builtIn: true,
      }));
    const rows = orNear
      ? this.#catalog?.typesNear(kind, wanted)
      : this.#catalog?.types(kind, wanted);
    const extensions = (rows ?? []).map(({ raw, type, version, description }) => ({
      raw,
      normalized: type,
      version,
      description,
      builtIn: false,
    }));
    return [...builtIns, ...extensions];
  }

  describe(type: string): D | undefined {
    return this.#registry.describe(type);
  }

  async resolve(type: string): Promise<T> {
    if (!this.#registry.has(type)) throw this.#unknown(type);
    return await this.#registry.resolve(type);
  }

  failures(): readonly SourceFailure[] {
    const catalog = this.#catalog;
    if (catalog === undefined) return [];
    const { folder } = KINDS[this.#behavior.kind];
    return [
      ...catalog.packages().filter(({ problem }) => problem !== "").map(packageFailure),
      ...catalog.brokenSources(folder).map((row) => this.#brokenSource(row)),
      ...[...catalog.problems(folder), ...this.conflicts()].map((problem) =>
        this.#problem(problem)
      ),
    ];
  }

  /** What sources add to types of other sources and what was refused, because the name is taken. */
  conflicts(): readonly Problem[] {
    if (this.#catalog === undefined) return [];
    return this.#behavior.extended(this.#catalog)
      .flatMap((type) => this.#merge(type)?.problems ?? []);
  }

  failureOf(type: string): SourceFailure | undefined {
    const rank = ({ types }: SourceFailure) => types.indexOf(type);
    return this.failures().filter((failure) => rank(failure) >= 0)
      .sort((a, b) => rank(a) - rank(b))[0];
  }

  #merge(type: string): Merged<D> | undefined {
    const { kind } = this.#behavior;
    const builtIn = this.#builtIns.get(type)?.descriptor;
    if (this.#catalog === undefined) return builtIn && { model: builtIn, problems: [] };
    const row = this.#catalog.activeTypes(kind, type)[0];
    const descriptor = builtIn ??
      (row && this.#catalog.descriptor(row.sourcePath, kind) as D | undefined);
    return descriptor && this.#behavior.merge(descriptor, row, this.#catalog);
  }

  /** A bundle that cannot be imported may be damaged: once it is built again, it is tried again. */
  async #load(type: string): Promise<T> {
    try {
      return await this.#import(type, true);
    } catch {
      this.#catalog = await this.#rebuild?.();
      return await this.#import(type, false);
    }
  }

  async #import(type: string, strict: boolean): Promise<T> {
    const base = await this.#builtIns.get(type)?.load() ??
      this.#catalog?.activeTypes(this.#behavior.kind, type)[0];
    if (base === undefined) throw this.#unknown(type);
    return await this.#behavior.load(type, base, { catalog: this.#catalog, strict });
  }

  #unknown(type: string): UserError {
    const { kind } = this.#behavior;
    const failure = this.failureOf(type);
    if (failure === undefined) {
      return new UserError("unknown_type", `Unknown ${kind} type: ${type}`);
    }
    return new UserError(
      "type_broken",
      `${kind[0]!.toUpperCase()}${kind.slice(1)} type '${type}' cannot be used: ` +
        `${failure.source}: ${failure.error}`,
    );
  }

  #brokenSource(row: SourceRow): SourceFailure {
    return {
      source: row.sourcePath,
      subject: this.#behavior.kind,
      error: row.error,
      transient: row.transient,
      types: row.claims.split(" ").filter((claim) => claim !== "").map(normalizeTypeName),
    };
  }

  #problem({ source, message }: Problem): SourceFailure {
    const { kind } = this.#behavior;
    return { source, subject: kind, error: message, transient: false, types: [] };
  }
}

/** A package that is damaged; the empty name is that of the lock file. */
function packageFailure({ name, problem }: PackageRow): SourceFailure {
  return {
    source: name || "upstream_extensions.json",
    subject: "package",
    error: problem,
    transient: false,
    types: [],
  };
}
