import { join } from "@std/path";
import type { TemporaryFolder } from "../../domain/drivers/driver_host.ts";

/**
 * Makes a folder to be mounted in a container, whose user may be any. Everybody may read it, but it lies
 * in another one that only its owner may enter: that one is not mounted.
 */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  // Container clients resolve no symlinks, and not every folder of temporary files is a real one.
  const around = await Deno.realPath(await Deno.makeTempDir({ prefix: "swamp-driver-" }));
  const path = join(around, "swamp");
  await makeFolder(path);
  const prepared = async (name: string) => {
    let folder = path;
    for (const part of name.split("/").slice(0, -1)) {
      folder = join(folder, part);
      await makeFolder(folder);
    }
    return join(path, name);
  };
  return {
    path,
    write: async (name, content) => {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      const file = await prepared(name);
      await Deno.writeFile(file, bytes, { createNew: true });
      await Deno.chmod(file, 0o644);
    },
    place: async (name, contentPath) => {
      const file = await prepared(name);
      await Deno.copyFile(contentPath, file);
      await Deno.chmod(file, 0o644);
    },
    [Symbol.asyncDispose]: async () => {
      await Deno.remove(around, { recursive: true });
    },
  };
}

/** Makes a folder that everybody may read, whatever the process's umask is. */
async function makeFolder(path: string): Promise<void> {
  await Deno.mkdir(path, { recursive: true });
  await Deno.chmod(path, 0o755);
}
