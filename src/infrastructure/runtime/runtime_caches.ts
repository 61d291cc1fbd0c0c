import { join, resolve } from "@std/path";

/** A folder in which swamp may keep what it unpacks. */
export interface RuntimeCache {
  /** Absolute path; need not exist. */
  readonly path: string;
  /** The part of `path` that has to be ours because everybody can write to the folder around it. */
  readonly own?: string;
}

/** Looks up an environment variable. */
type Variable = (name: string) => string | undefined;

/**
 * The folders in which swamp may keep what it unpacks, best first: below `SWAMP_CACHE_DIR`, or the
 * `cache` of `SWAMP_HOME`, alone if that is set, else in the user's cache folder and then among the
 * temporary files. They are the same as the portable executable's (`tasks/build/portable_stub.sh`).
 *
 * @param env looks up an environment variable.
 */
export function runtimeCaches(env: Variable = Deno.env.get): RuntimeCache[] {
  const swampHome = env("SWAMP_HOME");
  const chosen = env("SWAMP_CACHE_DIR") || (swampHome && join(swampHome, "cache"));
  if (chosen) return [{ path: resolve(chosen, "runtime") }];
  const home = env("HOME");
  const user = env("XDG_CACHE_HOME") || env("LOCALAPPDATA") || (home && join(home, ".cache"));
  const own = join(env("TMPDIR") || env("TEMP") || "/tmp", `swamp-${Deno.uid() ?? "user"}`);
  return [
    ...(user ? [{ path: join(user, "swamp", "runtime") }] : []),
    { path: join(own, "runtime"), own },
  ];
}

/**
 * Variables that the `deno` processes which bundle extensions are given. They share the cache of
 * packages with the user's own Deno, except where `SWAMP_HOME` says that swamp is to keep to itself: it
 * stands in for every folder outside the repository (contract: extensions 5.2, B39).
 *
 * @param env looks up an environment variable.
 */
export function bundlerCacheVariables(env: Variable = Deno.env.get): Record<string, string> {
  const swampHome = env("SWAMP_HOME");
  if (!swampHome || env("DENO_DIR")) return {};
  return { DENO_DIR: resolve(swampHome, "cache", "deno") };
}

/**
 * Whether nobody else can have put something into a cache that exists.
 *
 * @throws a `Deno.errors.*` of the system, such as `NotFound`.
 */
export async function isTrusted(cache: RuntimeCache): Promise<boolean> {
  if (cache.own === undefined) return true;
  const { isDirectory, uid } = await Deno.lstat(cache.own);
  return isDirectory && uid === Deno.uid();
}
