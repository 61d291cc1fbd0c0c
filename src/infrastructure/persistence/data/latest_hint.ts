import { join } from "@std/path";
import { LATEST_FILE, METADATA_FILE } from "./data_folders.ts";

/**
 * Notes in a name's folder which version is the newest. swamp itself never relies on it: the file is
 * for other readers of the repository, so failing to write it fails nothing (contract: IMP-72).
 *
 * @param folder absolute path of the name's folder.
 * @param mayGoBack whether a lower number may replace a higher one, as after a removal.
 */
export async function writeLatestHint(
  folder: string,
  version: number,
  { mayGoBack = false }: { readonly mayGoBack?: boolean } = {},
): Promise<void> {
  const path = join(folder, LATEST_FILE);
  try {
    if (!mayGoBack && await newestHinted(folder) > version) return;
    const temporary = join(folder, `.${crypto.randomUUID()}.tmp`);
    await Deno.writeTextFile(temporary, String(version), { createNew: true });
    await Deno.rename(temporary, path).catch(async () => {
      // Repositories of old versions may have a folder or something else in its place.
      await Deno.remove(path, { recursive: true });
      await Deno.rename(temporary, path);
    });
  } catch {
    // A hint that is missing or old is as good as none.
  }
}

/** Removes the note; it is written again with the next version. */
export async function removeLatestHint(folder: string): Promise<void> {
  await Deno.remove(join(folder, LATEST_FILE), { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** The version that the hint names, 0 when it names none that exists. */
async function newestHinted(folder: string): Promise<number> {
  try {
    const text = (await Deno.readTextFile(join(folder, LATEST_FILE))).trim();
    if (!/^\d{1,15}$/.test(text)) return 0;
    await Deno.stat(join(folder, text, METADATA_FILE));
    return Number(text);
  } catch {
    return 0;
  }
}
