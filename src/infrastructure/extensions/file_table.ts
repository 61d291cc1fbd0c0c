import type { TrackedFile } from "../persistence/extension_catalog_rows.ts";
import { fileHash } from "./content_hash.ts";
import { settledStat, statOf, statText } from "./file_stat.ts";
import { type SourceKey, sourcePath } from "./source_key.ts";

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
