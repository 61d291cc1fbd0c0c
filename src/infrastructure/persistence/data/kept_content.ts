import type { StoredData } from "../../../domain/data/data_store.ts";
import { settledStat, statOf, UNSETTLED } from "../../extensions/file_stat.ts";
import type { IndexedEntry } from "../catalog_rows.ts";
import { digestBytes } from "./content_digest.ts";

/** Reading a larger file costs no more than reading it from the catalog. */
const MOST_BYTES = 4096;

const NOT_KEPT = { contentStat: null, keptContent: null };

/**
 * The content of a version as the catalog may keep it: small text that is, by its checksum, what was
 * published, so that it can never be out of date. Whatever else the file holds is read from there.
 *
 * @param observedAt milliseconds since the epoch, taken before anything of the version was read.
 */
export async function keptContent(
  { contentPath, metadata: { size = 0, checksum } }: StoredData,
  observedAt: number,
): Promise<Pick<IndexedEntry, "contentStat" | "keptContent">> {
  if (checksum === undefined || size > MOST_BYTES) return NOT_KEPT;
  const contentStat = settledStat(statOf(contentPath), observedAt);
  if (contentStat === UNSETTLED) return NOT_KEPT;
  try {
    const bytes = await Deno.readFile(contentPath);
    if (await digestBytes(bytes) !== checksum) return NOT_KEPT;
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? NOT_KEPT : { contentStat, keptContent: text };
  } catch {
    return NOT_KEPT;
  }
}
