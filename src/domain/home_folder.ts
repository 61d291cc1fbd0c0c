/**
 * A path with the user's home folder in place of a leading `~/`; other paths stay as they are, and so
 * do all where no home folder is known.
 *
 * @param variable reads an environment variable.
 */
export function withHome(path: string, variable: (name: string) => string | undefined): string {
  const home = variable("HOME") || variable("USERPROFILE");
  return path.startsWith("~/") && home ? `${home.replace(/[/\\]$/, "")}/${path.slice(2)}` : path;
}
