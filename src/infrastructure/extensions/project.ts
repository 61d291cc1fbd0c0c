import { dirname, join } from "@std/path";
import type { DenoProject } from "./deno_command.ts";
import { MISSING, statOf } from "./file_stat.ts";

/**
 * The project that a source is built with: the nearest `deno.json` or `deno.jsonc` on the way up to
 * the repository's root (contract: extensions 2.4, applied when loading as well as when pushing).
 *
 * @param path absolute path of the source
 * @param cache answers by folder, shared between calls
 */
export function projectOf(
  deno: string,
  repositoryRoot: string,
  path: string,
  cache: Map<string, string | undefined>,
): DenoProject {
  const config = configAbove(dirname(path), repositoryRoot, cache);
  return {
    deno,
    directory: config === undefined ? repositoryRoot : dirname(config),
    ...(config === undefined ? {} : { config }),
  };
}

function configAbove(
  folder: string,
  repositoryRoot: string,
  cache: Map<string, string | undefined>,
): string | undefined {
  if (cache.has(folder)) return cache.get(folder);
  const here = ["deno.json", "deno.jsonc"].map((name) => join(folder, name))
    .find((candidate) => statOf(candidate) !== MISSING);
  const top = folder === repositoryRoot || dirname(folder) === folder;
  const found = here ?? (top ? undefined : configAbove(dirname(folder), repositoryRoot, cache));
  cache.set(folder, found);
  return found;
}
