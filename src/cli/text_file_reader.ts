import { join, resolve } from "@std/path";

/**
 * Reads the text files that arguments name. Relative paths start at `directory`, `~/` at the home
 * directory of the user. What is read is `undefined` where there is no such file.
 */
export function textFileReader(directory: string): (path: string) => Promise<string | undefined> {
  return async (path) => {
    try {
      return await Deno.readTextFile(resolve(directory, withHome(path)));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
}

function withHome(path: string): string {
  const home = Deno.env.get("HOME") || Deno.env.get("USERPROFILE");
  return path.startsWith("~/") && home ? join(home, path.slice(2)) : path;
}
