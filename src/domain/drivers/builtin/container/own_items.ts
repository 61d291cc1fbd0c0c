import type { ContainerData } from "../container_protocol.ts";

/** One version of data as the method sees it. */
export interface ItemVersion {
  readonly view: Readonly<Record<string, unknown>>;
  read(): Promise<Uint8Array>;
  /** Absolute path of the content, where it is a file. */
  readonly path?: string;
}

/** The data of the model: what was there before, and over it what the method has written. */
export class OwnItems {
  readonly #items = new Map<string, ItemVersion[]>();
  readonly #resolved = new Map<string, Pick<ContainerData, "resolved" | "unreadable">>();

  /** @param root folder that the paths of contents start from. */
  constructor(data: readonly ContainerData[], root: URL) {
    for (const { name, versions, ...latest } of data) {
      this.#items.set(
        name,
        versions.map(({ view, content }) => {
          const url = new URL(content, root);
          const path = decodeURIComponent(url.pathname);
          const created = new Date(String(view.createdAt));
          return { view: { ...view, createdAt: created }, read: () => Deno.readFile(url), path };
        }),
      );
      this.#resolved.set(name, latest);
    }
  }

  /** The latest version of every name. */
  get latest(): readonly ItemVersion[] {
    return [...this.#items.values()].flatMap((versions) => versions.slice(-1));
  }

  /** Every version of every name. */
  get all(): readonly ItemVersion[] {
    return [...this.#items.values()].flat();
  }

  /** A version of a name; the latest, under its new name if it was renamed, unless told. */
  find(name: string, version?: number): ItemVersion | undefined {
    const versions = this.#items.get(name) ?? [];
    if (version !== undefined) return versions.find(({ view }) => view.version === version);
    const latest = versions.at(-1);
    const renamedTo = latest?.view.renamedTo;
    if (typeof renamedTo !== "string" || renamedTo === name) return latest;
    return this.#items.get(renamedTo)?.at(-1) ?? latest;
  }

  /** The versions of a name, in ascending order. */
  versions(name: string): number[] {
    return (this.#items.get(name) ?? []).map(({ view }) => Number(view.version));
  }

  /**
   * What swamp makes of the latest version of a name, unless that is what is stored.
   *
   * @throws {Error} when swamp could not make it, because a secret is gone.
   */
  resolved(name: string, version?: number): Readonly<Record<string, unknown>> | undefined {
    const isLatest = version === undefined || version === this.versions(name).at(-1);
    const { resolved, unreadable } = (isLatest ? this.#resolved.get(name) : undefined) ?? {};
    if (unreadable !== undefined) throw new Error(unreadable);
    return resolved;
  }

  /** Adds a version that the method has written. */
  add(name: string, view: Readonly<Record<string, unknown>>, bytes: Uint8Array): void {
    this.#items.set(name, [
      ...this.#items.get(name) ?? [],
      { view, read: () => Promise.resolve(bytes) },
    ]);
    this.#resolved.delete(name);
  }
}
