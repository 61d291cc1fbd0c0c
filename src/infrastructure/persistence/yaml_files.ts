import { join } from "@std/path";

/**
 * Every `*.yaml` file at any depth below a folder, sorted by path. Links are followed; a folder that is
 * reached twice counts once, so that circles end. A missing folder is empty.
 */
export async function yamlFilesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  await collect(folder, files, new Set());
  return files.sort();
}

async function collect(folder: string, files: string[], seen: Set<string>): Promise<void> {
  let entries: Deno.DirEntry[];
  try {
    const real = await Deno.realPath(folder);
    if (seen.has(real)) return;
    seen.add(real);
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const { name, isDirectory, isSymlink } of entries) {
    const path = join(folder, name);
    const isFolder = isDirectory || (isSymlink && await leadsToFolder(path));
    if (isFolder) await collect(path, files, seen);
    else if (name.endsWith(".yaml")) files.push(path);
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}
