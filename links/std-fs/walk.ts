import { basename, join, normalize } from "@std/path";
import { toPath } from "./paths.ts";

/** What a walk looks into and what it yields. */
export interface WalkOptions {
  /** How many folders deep the walk goes; with 0 only the root is seen. No limit by default. */
  maxDepth?: number;
  /** Whether files are yielded. True by default. */
  includeFiles?: boolean;
  /** Whether folders are yielded. True by default. */
  includeDirs?: boolean;
  /** Whether symbolic links that are not followed are yielded. True by default. */
  includeSymlinks?: boolean;
  /** Whether the walk goes on where symbolic links lead to. False by default. */
  followSymlinks?: boolean;
  /** Whether what a followed link leads to goes by its real path. True by default. */
  canonicalize?: boolean;
  /** Endings of names, with or without the dot: only what has one of them is yielded. */
  exts?: string[];
  /** Only what has a path that one of these matches is yielded. */
  match?: RegExp[];
  /** What has a path that one of these matches is neither yielded nor looked into. */
  skip?: RegExp[];
}

/** Something that a walk has come across; a link to a file stays a link, followed or not. */
export interface WalkEntry extends Deno.DirEntry {
  /** The path, starting with the root of the walk. */
  path: string;
}

/** The options with all defaults in place. */
interface WalkRules extends Required<Omit<WalkOptions, "exts" | "match">> {
  exts: string[] | undefined;
  match: RegExp[] | undefined;
}

/**
 * Goes through a folder and all that is below it, the folder itself first,
 * each folder before its content, in the order of the file system.
 *
 * ```ts
 * for await (const { path } of walk("models", { exts: ["ts"], includeDirs: false })) {
 *   console.log(path); // models/aws/vpc.ts
 * }
 * ```
 *
 * @throws {Deno.errors.NotFound} if there is no such folder
 */
export async function* walk(
  root: string | URL,
  options: WalkOptions = {},
): AsyncIterableIterator<WalkEntry> {
  yield* visit(toPath(root), rulesOf(options), 0);
}

/** As {@linkcode walk}, without waiting. */
export function* walkSync(
  root: string | URL,
  options: WalkOptions = {},
): IterableIterator<WalkEntry> {
  yield* visitSync(toPath(root), rulesOf(options), 0);
}

async function* visit(
  folder: string,
  rules: WalkRules,
  depth: number,
): AsyncIterableIterator<WalkEntry> {
  if (depth > rules.maxDepth) return;
  if (rules.includeDirs && isWanted(folder, rules)) {
    yield toEntry(folder, await Deno.stat(folder));
  }
  if (depth === rules.maxDepth || isSkipped(folder, rules)) return;

  for await (const entry of Deno.readDir(folder)) {
    let path = join(folder, entry.name);
    let { isDirectory } = entry;
    if (entry.isSymlink && rules.followSymlinks) {
      const real = await Deno.realPath(path);
      isDirectory = (await Deno.lstat(real)).isDirectory;
      if (rules.canonicalize) path = real;
    }
    if (isDirectory) yield* visit(path, rules, depth + 1);
    else if (isYielded({ ...entry, path }, rules)) yield { ...entry, path };
  }
}

function* visitSync(folder: string, rules: WalkRules, depth: number): IterableIterator<WalkEntry> {
  if (depth > rules.maxDepth) return;
  if (rules.includeDirs && isWanted(folder, rules)) {
    yield toEntry(folder, Deno.statSync(folder));
  }
  if (depth === rules.maxDepth || isSkipped(folder, rules)) return;

  for (const entry of Deno.readDirSync(folder)) {
    let path = join(folder, entry.name);
    let { isDirectory } = entry;
    if (entry.isSymlink && rules.followSymlinks) {
      const real = Deno.realPathSync(path);
      isDirectory = Deno.lstatSync(real).isDirectory;
      if (rules.canonicalize) path = real;
    }
    if (isDirectory) yield* visitSync(path, rules, depth + 1);
    else if (isYielded({ ...entry, path }, rules)) yield { ...entry, path };
  }
}

function rulesOf(options: WalkOptions): WalkRules {
  return {
    maxDepth: options.maxDepth ?? Infinity,
    includeFiles: options.includeFiles ?? true,
    includeDirs: options.includeDirs ?? true,
    includeSymlinks: options.includeSymlinks ?? true,
    followSymlinks: options.followSymlinks ?? false,
    canonicalize: options.canonicalize ?? true,
    exts: options.exts?.map((ext) => ext.startsWith(".") ? ext : `.${ext}`),
    match: options.match,
    skip: options.skip ?? [],
  };
}

function toEntry(path: string, info: Deno.FileInfo): WalkEntry {
  const { isDirectory, isFile, isSymlink } = info;
  const normal = normalize(path);
  return { path: normal, name: basename(normal), isFile, isDirectory, isSymlink };
}

function isYielded(entry: WalkEntry, rules: WalkRules): boolean {
  const isLeft = entry.isSymlink && !rules.followSymlinks;
  const isIncluded = isLeft ? rules.includeSymlinks : rules.includeFiles;
  return isIncluded && isWanted(entry.path, rules);
}

function isWanted(path: string, rules: WalkRules): boolean {
  const { exts, match } = rules;
  if (exts && !exts.some((ext) => path.endsWith(ext))) return false;
  if (match && !match.some((pattern) => matches(path, pattern))) return false;
  return !isSkipped(path, rules);
}

function isSkipped(path: string, rules: WalkRules): boolean {
  return rules.skip.some((pattern) => matches(path, pattern));
}

/** As `RegExp.test`, but a global pattern starts afresh each time. */
function matches(path: string, pattern: RegExp): boolean {
  return path.search(pattern) !== -1;
}
