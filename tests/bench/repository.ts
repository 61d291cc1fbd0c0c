import { join } from "node:path";
import { type Command, timeOf } from "./measure.ts";

/** A repository that is measured in. */
export interface BenchRepository extends AsyncDisposable {
  readonly root: string;
  /** A swamp command in the repository. */
  command(args: readonly string[], prepare?: Command["prepare"]): Command;
}

/**
 * Makes a repository in a temporary folder, with an extension pack that is not indexed yet.
 *
 * @param executable absolute path of swamp's executable
 * @param writePack writes the sources of the pack into a folder
 */
export async function benchRepository(
  executable: string,
  writePack: (targetDir: string) => Promise<unknown>,
): Promise<BenchRepository> {
  const root = await Deno.makeTempDir({ prefix: "swamp-bench-" });
  const command: BenchRepository["command"] = (args, prepare) => ({
    ...{ program: executable, args, cwd: root },
    ...(prepare === undefined ? {} : { prepare }),
  });
  await timeOf(command(["init", "--tool", "none"]));
  await writePack(join(root, "extensions/models"));
  return {
    root,
    command,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** Deletes the catalog, and nothing that it was made from. */
export function deleteCatalog(root: string): void {
  const internal = join(root, ".swamp");
  for (const { name } of [...Deno.readDirSync(internal)]) {
    if (name.startsWith("_extension_catalog.db")) Deno.removeSync(join(internal, name));
  }
}

/** Deletes everything that indexing makes. */
export function deleteIndex(root: string): void {
  deleteCatalog(root);
  const bundles = join(root, ".swamp/bundles");
  for (const { name } of [...Deno.readDirSync(bundles)]) {
    Deno.removeSync(join(bundles, name), { recursive: true });
  }
}

/** Bytes of all files below a folder. */
export function sizeOf(folder: string): number {
  let size = 0;
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    size += entry.isDirectory ? sizeOf(path) : Deno.statSync(path).size;
  }
  return size;
}
