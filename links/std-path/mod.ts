/**
 * Paths of the platform at hand: the part of `@std/path` 1.1 that swamp uses.
 *
 * ```ts
 * import { join } from "@std/path";
 *
 * join("models", "aws", "vpc.ts"); // "models/aws/vpc.ts", on Windows with "\"
 * ```
 *
 * @module
 */

import * as posix from "./posix.ts";

export type { FormatInputPathObject, ParsedPath } from "./types.ts";

const platform: typeof posix | typeof import("./windows.ts") = Deno.build.os === "windows"
  ? await import("./windows.ts")
  : posix;

/** What separates the names of a path: `/`, on Windows `\`. */
export const SEPARATOR: "/" | "\\" = platform.SEPARATOR;
/** What separates the paths of a list such as `PATH`: `:`, on Windows `;`. */
export const DELIMITER: ":" | ";" = platform.DELIMITER;

// What each of these does stands at the function of that name in posix.ts.
export const basename: typeof posix.basename = platform.basename;
export const common: typeof posix.common = platform.common;
export const dirname: typeof posix.dirname = platform.dirname;
export const extname: typeof posix.extname = platform.extname;
export const format: typeof posix.format = platform.format;
export const fromFileUrl: typeof posix.fromFileUrl = platform.fromFileUrl;
export const isAbsolute: typeof posix.isAbsolute = platform.isAbsolute;
export const join: typeof posix.join = platform.join;
export const normalize: typeof posix.normalize = platform.normalize;
export const parse: typeof posix.parse = platform.parse;
export const relative: typeof posix.relative = platform.relative;
export const resolve: typeof posix.resolve = platform.resolve;
export const toFileUrl: typeof posix.toFileUrl = platform.toFileUrl;
