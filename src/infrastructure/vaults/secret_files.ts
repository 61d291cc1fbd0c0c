import { dirname } from "@std/path";
import type { SecretFiles } from "../../domain/vaults/vault_host.ts";
import { createFileExclusively, writeFileAtomically } from "../persistence/atomic_file.ts";

/** Read and written by the owner, nobody else. */
const FILE = { mode: 0o600 };
const FOLDER = { mode: 0o700, recursive: true };
const PERMISSION_BITS = 0o777;

/** Secrets on the local disk. */
export const localSecretFiles: SecretFiles = {
  read: (path) => ifThere(() => Deno.readTextFile(path)),

  async permissions(path) {
    const { mode } = await Deno.stat(path);
    return Deno.build.os === "windows" || mode === null ? undefined : mode & PERMISSION_BITS;
  },

  async write(path, text) {
    await Deno.mkdir(dirname(path), FOLDER);
    await writeFileAtomically(path, text, FILE);
  },

  async create(path, text) {
    await Deno.mkdir(dirname(path), FOLDER);
    return await createFileExclusively(path, text, FILE);
  },

  remove: async (path) => await ifThere(() => Deno.remove(path).then(() => true)) ?? false,

  async names(folder) {
    const names: string[] = [];
    const entries = await ifThere(() => Array.fromAsync(Deno.readDir(folder)));
    for (const { name, isDirectory } of entries ?? []) if (!isDirectory) names.push(name);
    return names;
  },

  isFolder: async (path) => (await ifThere(() => Deno.stat(path)))?.isDirectory ?? false,

  async removeFolder(path) {
    await ifThere(() => Deno.remove(path, { recursive: true }));
  },
};

/** The result of `work`, `undefined` where the file or folder that it works on is missing. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
