import type { TrackedFile } from "../persistence/extension_catalog_rows.ts";
import { fileHash } from "./content_hash.ts";
import { settledStat, statOf, statText, UNSETTLED } from "./file_stat.ts";
import { type SourceKey, sourcePath } from "./source_key.ts";

/** Stands in place of the hash of a file that was edited while it was read. */
const EDITED = "edited";

/**
 * The files that one refresh looks at. Each is looked at once; its content is read only when its
 * stat data does not vouch for what is known of it.
 */
export class FileTable {
  readonly #root: string;
  readonly #known: ReadonlyMap<SourceKey, TrackedFile>;
  readonly #seen = new Map<SourceKey, Promise<TrackedFile>>();

  /**
   * @param repositoryRoot absolute path
   * @param known what the catalog says
   */
  constructor(repositoryRoot: string, known: readonly TrackedFile[]) {
    this.#root = repositoryRoot;
    this.#known = new Map(known.map((file) => [file.path, file]));
  }

  /** The file's present state. */
  look(key: SourceKey): Promise<TrackedFile> {
    let seen = this.#seen.get(key);
    if (seen === undefined) {
      seen = this.#look(key);
      this.#seen.set(key, seen);
    }
    return seen;
  }

  /**
   * Looks once more at files that were looked at. One whose content has changed in between is known
   * from now on by a hash that fits no content.
   */
  async lookAgain(keys: Iterable<SourceKey>): Promise<void> {
    await Promise.all([...new Set(keys)].map(async (key) => {
      const { hash } = await this.look(key);
      if (await fileHash(sourcePath(this.#root, key)) !== hash) this.distrust(key);
    }));
  }

  /** Makes a file known by a hash that fits no content, so that the next command looks again. */
  distrust(key: SourceKey): void {
    this.#seen.set(key, Promise.resolve({ path: key, stat: UNSETTLED, hash: EDITED }));
  }

  /** Hash of the content that the catalog knows, `undefined` for an unknown file. */
  knownHash(key: SourceKey): string | undefined {
    return this.#known.get(key)?.hash;
  }

  /** Everything that was looked at. */
  tracked(): Promise<TrackedFile[]> {
    return Promise.all(this.#seen.values());
  }

  async #look(key: SourceKey): Promise<TrackedFile> {
    const observedAt = Date.now();
    const path = sourcePath(this.#root, key);
    const stat = statOf(path);
    const known = this.#known.get(key);
    if (known?.stat === statText(stat)) return known;
    return { path: key, stat: settledStat(stat, observedAt), hash: await fileHash(path) };
  }
}
