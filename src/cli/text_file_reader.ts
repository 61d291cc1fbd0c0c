import { resolve } from "@std/path";
import { withHome } from "../domain/home_folder.ts";

/**
 * Reads the text files that arguments name. Relative paths start at `directory`, `~/` at the home
 * directory of the user. What is read is `undefined` where there is no such file.
 */
export function textFileReader(directory: string): (path: string) => Promise<string | undefined> {
  return async (path) => {
    try {
      return await Deno.readTextFile(
        resolve(directory, withHome(path, (name) => Deno.env.get(name))),
      );
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
}
