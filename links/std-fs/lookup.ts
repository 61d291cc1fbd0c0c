/** What something on disk is called in a message. */
export function kindOf(info: Deno.FileInfo): string {
  if (info.isDirectory) return "a folder";
  if (info.isFile) return "a file";
  return info.isSymlink ? "a symbolic link" : "neither a file nor a folder";
}

/** The result of looking something up on disk; undefined if it is not there. */
export async function ifFound<T>(lookUp: Promise<T>): Promise<T | undefined> {
  try {
    return await lookUp;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** As {@linkcode ifFound}, without waiting. */
export function ifFoundSync<T>(lookUp: () => T): T | undefined {
  try {
    return lookUp();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
