/**
 * Helpers for files and folders: the part of `@std/fs` 1.0 that swamp uses.
 *
 * ```ts
 * import { ensureDir, walk } from "@std/fs";
 *
 * await ensureDir("models/aws");
 * for await (const entry of walk("models", { exts: ["ts"], includeDirs: false })) {
 *   console.log(entry.path);
 * }
 * ```
 *
 * @module
 */

export { copy, type CopyOptions, copySync } from "./copy.ts";
export { emptyDir, emptyDirSync } from "./empty_dir.ts";
export { ensureDir, ensureDirSync } from "./ensure_dir.ts";
export { ensureFile, ensureFileSync } from "./ensure_file.ts";
export { exists, type ExistsOptions, existsSync } from "./exists.ts";
export { move, type MoveOptions, moveSync } from "./move.ts";
export { walk, type WalkEntry, type WalkOptions, walkSync } from "./walk.ts";
