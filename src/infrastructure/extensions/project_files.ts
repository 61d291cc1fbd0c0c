import { dirname, join, resolve } from "@std/path";

/**
 * The local files that decide how a project's imports resolve: its configuration, the import map that
 * this may name, and the settings of npm beside it.
 *
 * @param configuration absolute path of a `deno.json` or `package.json`, or empty
 * @returns absolute paths, of files that need not exist
 */
export function projectFiles(configuration: string): string[] {
  if (configuration === "") return [];
  const importMap = importMapOf(configuration);
  const npmSettings = join(dirname(configuration), ".npmrc");
  return [configuration, npmSettings, ...(importMap === undefined ? [] : [importMap])];
}

/** Read from the text, because a configuration may have comments and may be damaged. */
function importMapOf(configuration: string): string | undefined {
  try {
    const text = Deno.readTextFileSync(configuration);
    const place = /"importMap"\s*:\s*"([^"\\]+)"/.exec(text)?.[1];
    const isLocal = place !== undefined && !/^(https?|data):/.test(place);
    return isLocal ? resolve(dirname(configuration), place) : undefined;
  } catch {
    return undefined;
  }
}
