import { dirname, join } from "@std/path";

/** Runs a test with a folder of its own, which is gone afterwards. */
export async function withFolder(test: (folder: string) => unknown): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "std-fs-" }));
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * What a folder holds, by paths with `/`: the text of a file, `null` for a
 * folder, `["target"]` for a symbolic link.
 */
export type Tree = Record<string, string | null | [target: string]>;

/** Puts a tree into a folder. */
export function plant(folder: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    const full = join(folder, path);
    Deno.mkdirSync(dirname(full), { recursive: true });
    if (content === null) Deno.mkdirSync(full, { recursive: true });
    else if (typeof content === "string") Deno.writeTextFileSync(full, content);
    else Deno.symlinkSync(content[0], full);
  }
}

/** Reads the tree of a folder; folders only count if they are empty. */
export function harvest(folder: string, prefix = ""): Tree {
  const tree: Tree = {};
  for (const { name, isDirectory, isSymlink } of Deno.readDirSync(folder)) {
    const full = join(folder, name);
    if (isSymlink) tree[prefix + name] = [Deno.readLinkSync(full)];
    else if (!isDirectory) tree[prefix + name] = Deno.readTextFileSync(full);
    else {
      const inner = harvest(full, `${prefix}${name}/`);
      Object.assign(tree, Object.keys(inner).length > 0 ? inner : { [prefix + name]: null });
    }
  }
  return tree;
}
