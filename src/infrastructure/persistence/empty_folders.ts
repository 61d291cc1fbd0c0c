import { dirname } from "@std/path";

/**
 * Removes a folder and those around it for as long as they are empty. What cannot be removed stays.
 *
 * @param keep the folder around all of them, which stays in any case.
 */
export async function removeFoldersWhileEmpty(folder: string, keep: string): Promise<void> {
  for (let empty = folder; empty !== keep && empty.startsWith(keep); empty = dirname(empty)) {
    try {
      await Deno.remove(empty);
    } catch {
      return;
    }
  }
}
