import { dirname, join } from "@std/path";
import type { DriverHost, TemporaryFolder } from "../../domain/drivers/driver_host.ts";
import { runProgram } from "./program.ts";

/** This machine as built-in drivers use it. */
export function createDriverHost(): DriverHost {
  return { run: runProgram, temporaryFolder };
}

async function temporaryFolder(): Promise<TemporaryFolder> {
  // Container clients resolve no symlinks, and not every folder of temporary files is a real one.
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix: "swamp-driver-" }));
  const prepared = async (name: string) => {
    const file = join(path, name);
    await Deno.mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return file;
  };
  return {
    path,
    write: async (name, content) => {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(await prepared(name), bytes, { mode: 0o600, createNew: true });
    },
    place: async (name, contentPath) => await Deno.copyFile(contentPath, await prepared(name)),
    [Symbol.asyncDispose]: async () => {
      await Deno.remove(path, { recursive: true });
    },
  };
}
