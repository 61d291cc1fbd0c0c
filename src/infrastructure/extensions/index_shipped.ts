import { relative, toFileUrl } from "@std/path";
import { kindsOfFolder } from "../../domain/extensions/kinds.ts";
import type { DiscoveredFile } from "./discover.ts";
import type { FileTable } from "./file_table.ts";
import { indexBundles } from "./index_process.ts";
import type { IndexWorkerSettings } from "./index_worker_process.ts";
import type { BuiltSource } from "./sidecar.ts";
import { sourceKey } from "./source_key.ts";

/** What indexing shipped bundles needs. */
export interface ShippedSettings {
  readonly repositoryRoot: string;
  readonly files: FileTable;
  /** May read the folder of all packages. */
  readonly worker: IndexWorkerSettings;
}

/**
 * Reads the descriptors of sources whose package ships their bundles. The bundles are used where and
 * as they are; the batch folder holds no more than the sidecar.
 *
 * @param folder absolute path of the batch folder
 */
export async function indexShipped(
  { repositoryRoot, files, worker }: ShippedSettings,
  sources: readonly DiscoveredFile[],
  folder: string,
): Promise<BuiltSource[]> {
  const answers = await indexBundles(
    worker,
    sources.map(({ shipped, root }) => ({
      url: toFileUrl(shipped!).href,
      kinds: kindsOfFolder(root.folder).map(({ kind }) => kind),
    })),
  );
  return await Promise.all(sources.map(async ({ key, shipped }, index) => {
    const answer = answers[index]!;
    const bundleKey = sourceKey(repositoryRoot, shipped!);
    const contributions = "error" in answer ? [] : answer.contributions;
    return {
      key,
      configuration: "",
      hash: (await files.look(key)).hash,
      imports: [{ key: bundleKey, hash: (await files.look(bundleKey)).hash }],
      state: "error" in answer ? "broken" : contributions.length === 0 ? "helper" : "ok",
      bundle: contributions.length === 0 ? "" : relative(folder, shipped!),
      error: "error" in answer ? answer.error : "",
      transient: false,
      claims: "",
      contributions,
    };
  }));
}
