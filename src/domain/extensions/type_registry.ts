/**
 * Where lazily known types come from: the catalog. Look-ups are synchronous and import no code.
 *
 * @typeParam D the descriptor of a type
 */
export interface LazyTypes<D> {
  /** The descriptor of a type, or `undefined` if the type is not known. */
  describe(type: string): D | undefined;
  /** Every known type, sorted. */
  types(): readonly string[];
}

/** Imports the code of one type. Rejects when the code cannot be loaded. */
export type TypeLoader<T> = (type: string) => Promise<T>;

/**
 * Types of one kind, most of them known only by their descriptor until somebody needs the code.
 *
 * There is no synchronous way to get a definition: {@linkcode TypeRegistry.resolve} loads on demand,
 * so forgetting to load cannot be written down.
 *
 * @typeParam T the loaded definition
 * @typeParam D the descriptor
 *
 * @example
 * ```ts
 * const registry = new TypeRegistry<ModelType, ModelDescriptor>();
 * registry.setTypeLoader((type) => importModel(type));
 * registry.registerLazy("@acme/widget", descriptor);
 * const widget = await registry.resolve("@acme/widget");
 * ```
 */
export class TypeRegistry<T, D> {
  readonly #loaded = new Map<string, { readonly definition: T; readonly descriptor: D }>();
  readonly #lazy = new Map<string, D>();
  readonly #loading = new Map<string, Promise<void>>();
  #source: LazyTypes<D> | undefined;
  #loader: TypeLoader<T> | undefined;

  /** Registers a type whose code is already in memory, such as a built-in. */
  register(type: string, definition: T, descriptor: D): void {
    this.#lazy.delete(type);
    this.#loaded.set(type, { definition, descriptor });
  }

  /** Registers a type by its descriptor; its code is loaded when somebody resolves it. */
  registerLazy(type: string, descriptor: D): void {
    if (!this.#loaded.has(type)) this.#lazy.set(type, descriptor);
  }

  /** Names the catalog behind this registry, asked for whatever was not registered one by one. */
  setLazySource(source: LazyTypes<D>): void {
    this.#source = source;
  }

  /** Names the function that imports a type's code. */
  setTypeLoader(loader: TypeLoader<T>): void {
    this.#loader = loader;
  }

  /** Whether the type is known, loaded or not. What this affirms, {@linkcode resolve} can load. */
  has(type: string): boolean {
    return this.describe(type) !== undefined;
  }

  /** Whether the type is known but its code is not in memory yet. */
  isLazy(type: string): boolean {
    return !this.#loaded.has(type) && this.has(type);
  }

  /** Every known type, sorted. */
  types(): string[] {
    const names = new Set([
      ...this.#loaded.keys(),
      ...this.#lazy.keys(),
      ...(this.#source?.types() ?? []),
    ]);
    return [...names].sort();
  }

  /** The descriptor of a type, without importing code; `undefined` if the type is unknown. */
  describe(type: string): D | undefined {
    return this.#loaded.get(type)?.descriptor ?? this.#lazy.get(type) ??
      this.#source?.describe(type);
  }

  /**
   * Loads a type's code unless it is in memory. Callers that come while it loads share that load; a
   * failure is forgotten, so that the next call tries again.
   *
   * @throws whatever the loader rejects with; {@linkcode Error} when the type is unknown.
   */
  ensureTypeLoaded(type: string): Promise<void> {
    if (this.#loaded.has(type)) return Promise.resolve();
    const running = this.#loading.get(type);
    if (running !== undefined) return running;
    const load = this.#load(type).finally(() => this.#loading.delete(type));
    this.#loading.set(type, load);
    return load;
  }

  /** The definition of a type, loaded if need be. Rejects as {@linkcode ensureTypeLoaded} does. */
  async resolve(type: string): Promise<T> {
    await this.ensureTypeLoaded(type);
    const entry = this.#loaded.get(type);
    if (entry === undefined) throw new Error(`Type "${type}" was dropped while it was loaded`);
    return entry.definition;
  }

  /** Turns a lazily known type into a loaded one. */
  promoteFromLazy(type: string, definition: T): void {
    const descriptor = this.describe(type);
    if (descriptor === undefined) throw new Error(`Type "${type}" is not registered`);
    this.register(type, definition, descriptor);
  }

  async #load(type: string): Promise<void> {
    if (!this.has(type)) throw new Error(`Type "${type}" is not registered`);
    if (this.#loader === undefined) throw new Error(`No loader is set for type "${type}"`);
    this.promoteFromLazy(type, await this.#loader(type));
  }
}
