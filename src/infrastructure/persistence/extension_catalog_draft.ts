import { ExtensionCatalogStore } from "./extension_catalog_store.ts";

/** Stands between the catalog's name and a random one in the name of a draft. */
export const DRAFT = ".new-";

/**
 * A catalog that is about to take the place of another.
 *
 * No catalog is ever changed in place. SQLite keeps the journal of a change beside the file, under the
 * file's name, so a process that still has a replaced catalog open would take the journal of its
 * successor for its own, and ruin both. As it is, whoever has a catalog open reads what it was.
 *
 * The caller holds the build lock.
 *
 * @example
 * ```ts
 * using draft = ExtensionCatalogDraft.copyOf(path);
 * draft.store.commit(change);
 * draft.publish();
 * ```
 */
export class ExtensionCatalogDraft implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  readonly store: ExtensionCatalogStore;

  private constructor(path: string, make: (temporary: string) => ExtensionCatalogStore) {
    this.#path = path;
    this.#temporary = `${path}${DRAFT}${crypto.randomUUID()}`;
    this.store = make(this.#temporary);
  }

  /** A draft that says what the catalog says now. */
  static copyOf(path: string): ExtensionCatalogDraft {
    return new ExtensionCatalogDraft(path, (temporary) => {
      Deno.copyFileSync(path, temporary);
      Deno.chmodSync(temporary, 0o644);
      return ExtensionCatalogStore.open(temporary);
    });
  }

  /** A draft that says nothing yet. */
  static empty(path: string): ExtensionCatalogDraft {
    return new ExtensionCatalogDraft(path, (temporary) => ExtensionCatalogStore.create(temporary));
  }

  /** Puts the draft in the catalog's place, in one step. */
  publish(): void {
    this.store.close();
    Deno.renameSync(this.#temporary, this.#path);
  }

  /** Removes a draft that was not published. */
  [Symbol.dispose](): void {
    this.store.close();
    for (const path of [this.#temporary, `${this.#temporary}-journal`]) {
      try {
        Deno.removeSync(path);
      } catch {
        // It was published, or never written.
      }
    }
  }
}
