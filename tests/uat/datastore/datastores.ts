/**
 * Datastores to test with.
 *
 * @module
 */
import { join } from "@std/path";
import { Repository } from "../swamp.ts";

/**
 * Source of the datastore type `@acme/mirror`: `config.remote` is a folder that stands for a service. What
 * is called is written to `calls` in it, a line each. Files in it make it fail: `sick`, `fail-pull`,
 * `fail-push`, `fail-lock`; with `hang-push` pushing writes `pushing` and takes a minute.
 */
export const MIRROR_TYPE = `import { z } from "npm:zod@4.3.6";
const there = (path) => Deno.stat(path).then(() => true, () => false);
async function* files(folder, below = "") {
  for await (const { name, isDirectory } of Deno.readDir(folder + "/" + below)) {
    if (isDirectory) yield* files(folder, below + name + "/");
    else yield below + name;
  }
}
async function mirror(from, to) {
  let count = 0;
  if (!await there(from)) return count;
  for await (const file of files(from)) {
    const text = await Deno.readFile(from + "/" + file);
    const old = await Deno.readFile(to + "/" + file).catch(() => undefined);
    if (old !== undefined && String(old) === String(text)) continue;
    await Deno.mkdir((to + "/" + file).replace(/\\/[^/]*$/, ""), { recursive: true });
    await Deno.writeFile(to + "/" + file, text);
    count++;
  }
  return count;
}
export const datastore = {
  type: "@acme/mirror",
  name: "Mirror",
  description: "A folder that stands for a service",
  configSchema: z.object({
    remote: z.string(),
    cache: z.string().optional(),
    suffix: z.string().default(".lock.json"),
  }),
  createProvider({ remote, cache, suffix }) {
    if (suffix === undefined) throw new Error("the config was not parsed");
    console.log("a provider is made");
    const call = (text) => Deno.writeTextFileSync(remote + "/calls", text + "\\n", { append: true });
    const failing = (what) => {
      try {
        return Deno.readTextFileSync(remote + "/fail-" + what);
      } catch {
        return undefined;
      }
    };
    const lockOf = (options = {}) => {
      const key = options.lockKey ?? "global";
      const path = remote + "/" + key.replaceAll("/", "!") + suffix;
      const info = {
        holder: "me@here",
        hostname: Deno.hostname(),
        pid: Deno.pid,
        acquiredAt: new Date().toISOString(),
        ttlMs: 30000,
        nonce: crypto.randomUUID(),
      };
      const read = async () => JSON.parse(await Deno.readTextFile(path).catch(() => "null"));
      const lock = {
        async acquire() {
          call("acquire " + key);
          console.log("a lock is taken");
          if (failing("lock")) throw new Error(failing("lock"));
          const end = Date.now() + (options.maxWaitMs ?? 60000);
          for (;;) {
            try {
              return await Deno.writeTextFile(path, JSON.stringify(info), { createNew: true });
            } catch {
              const other = await read();
              if (Date.now() > end) {
                throw new Error('Lock "' + key + '" held by ' + other?.holder + " - timed out");
              }
              await new Promise((resolve) => setTimeout(resolve, 20));
            }
          }
        },
        async release() {
          call("release " + key);
          if ((await read())?.nonce === info.nonce) await Deno.remove(path);
        },
        async withLock(work) {
          await lock.acquire();
          try {
            return await work();
          } finally {
            await lock.release();
          }
        },
        async inspect() {
          call("inspect " + key);
          return await read();
        },
        async forceRelease(nonce) {
          const other = await read();
          if (other?.nonce !== nonce) return false;
          await Deno.remove(path);
          return true;
        },
      };
      return lock;
    };
    return {
      createLock: (_path, options) => lockOf(options),
      createVerifier: () => ({
        async verify() {
          call("verify");
          const sick = await there(remote + "/sick");
          return {
            healthy: !sick,
            message: sick ? "msg sick" : "all is well",
            latencyMs: 1.5,
            datastoreType: "@acme/mirror",
            details: { remote },
          };
        },
      }),
      createSyncService: (_repoDir, cachePath) => ({
        async pullChanged() {
          call("pull");
          console.log("pulling");
          if (failing("pull")) throw new Error(failing("pull"));
          return await mirror(remote + "/store", cachePath);
        },
        async pushChanged() {
          call("push");
          console.log("pushing");
          if (failing("push")) throw new Error(failing("push"));
          if (await there(remote + "/hang-push")) {
            Deno.writeTextFileSync(remote + "/pushing", "");
            await new Promise((resolve) => setTimeout(resolve, 60_000));
          }
          return await mirror(cachePath, remote + "/store");
        },
      }),
      resolveDatastorePath: (repoDir) => repoDir + "/.swamp",
      resolveCachePath: () => cache,
    };
  },
};
`;

/** A folder outside of every repository, removed when it is disposed of. */
export class Folder implements Disposable {
  readonly path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-store-" }));

  /** Paths of all files in it, sorted. */
  files(below = ""): string[] {
    return filesBelow(join(this.path, below));
  }

  /** Writes a file. */
  write(name: string, text: string): void {
    Deno.writeTextFileSync(join(this.path, name), text);
  }

  remove(name: string): void {
    Deno.removeSync(join(this.path, name), { recursive: true });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Paths of the files below a folder, relative to it; none if there is no such folder. */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const visit = (place: string, prefix: string) => {
    let entries: Deno.DirEntry[];
    try {
      entries = [...Deno.readDirSync(place)];
    } catch {
      return;
    }
    for (const { name, isDirectory } of entries) {
      if (isDirectory) visit(join(place, name), `${prefix}${name}/`);
      else found.push(prefix + name);
    }
  };
  visit(folder, "");
  return found.sort();
}

/** A repository whose data are in the folder `store`. */
export class StoreElsewhere implements Disposable {
  readonly store = new Folder();

  protected constructor(readonly repository: Repository) {}

  static async create(): Promise<StoreElsewhere> {
    const elsewhere = new StoreElsewhere(await Repository.create());
    elsewhere.configure(`  type: filesystem\n  path: ${elsewhere.store.path}\n`);
    return elsewhere;
  }

  /** Writes the `datastore` map of `.swamp.yaml`. */
  configure(lines: string): void {
    const path = this.repository.path(".swamp.yaml");
    const [kept = ""] = Deno.readTextFileSync(path).split("datastore:\n");
    Deno.writeTextFileSync(path, `${kept}datastore:\n${lines}`);
  }

  [Symbol.dispose](): void {
    this.repository[Symbol.dispose]();
    this.store[Symbol.dispose]();
  }
}

/** A repository whose data are synchronised with a service: `store` stands for it. */
export class MirroredStore extends StoreElsewhere {
  /** Holds the local copy. */
  readonly cache = new Folder();

  static override async create(): Promise<MirroredStore> {
    const mirrored = new MirroredStore(await Repository.create());
    mirrored.repository.write("extensions/datastores/mirror.ts", MIRROR_TYPE);
    mirrored.configure(mirrored.settings());
    return mirrored;
  }

  settings(): string {
    return `  type: '@acme/mirror'\n  config:\n    remote: ${this.store.path}\n` +
      `    cache: ${this.cache.path}\n`;
  }

  /** What was called since the last time that somebody asked. */
  calls(): string[] {
    const path = join(this.store.path, "calls");
    try {
      const lines = Deno.readTextFileSync(path).trim().split("\n");
      Deno.removeSync(path);
      return lines;
    } catch {
      return [];
    }
  }

  override [Symbol.dispose](): void {
    super[Symbol.dispose]();
    this.cache[Symbol.dispose]();
  }
}

/** Arguments that make a folder the datastore. */
export function setup(path: string, ...flags: string[]): string[] {
  return ["datastore", "setup", "filesystem", "--path", path, ...flags];
}

/** What a repository has written, without caches: path below `.swamp` and content. */
export function written(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(folder)
      .filter((path) => !/^(?:_|[a-z-]*bundles\/)|_catalog\.db/.test(path))
      .map((path) => [path, Deno.readTextFileSync(join(folder, path))]),
  );
}
