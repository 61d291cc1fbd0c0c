/**
 * One source of every kind, each of a type that commands must load by themselves.
 *
 * @module
 */
import type { CliRepository } from "./cli_repository.ts";

const THING = `import { z } from "npm:zod@4.3.6";
export const model = {
  type: "@acme/thing",
  version: "2026.01.02.1",
  globalArguments: z.object({
    region: z.string().optional(),
    token: z.string().meta({ sensitive: true }).optional(),
  }),
  reports: ["@acme/summary"],
  resources: {
    state: {
      schema: z.object({ text: z.string() }),
      lifetime: "infinite",
      garbageCollection: 5,
    },
  },
  methods: {
    sync: {
      description: "Writes",
      arguments: z.object({}),
      execute: async (_args, context) => ({
        dataHandles: [await context.writeResource("state", "main", { text: "thing" })],
      }),
    },
  },
};
`;

const MORE = `import { z } from "npm:zod@4.3.6";
export const extension = {
  type: "@acme/thing",
  methods: [{
    more: {
      description: "Adds",
      arguments: z.object({}),
      execute: async (_args, context) => ({
        dataHandles: [await context.writeResource("state", "more", { text: "more" })],
      }),
    },
  }],
};
`;

/** Keeps its secrets in a file, which it would not do for anybody else. */
const VAULT = `const FILE = "secrets.json";
const read = () => {
  try {
    return JSON.parse(Deno.readTextFileSync(FILE));
  } catch {
    return {};
  }
};
export const vault = {
  type: "@acme/safe", name: "Safe", description: "Keeps secrets",
  createProvider: (name) => ({
    get: (key) => Promise.resolve(read()[key]),
    put: (key, value) =>
      Promise.resolve(Deno.writeTextFileSync(FILE, JSON.stringify({ ...read(), [key]: value }))),
    delete: (key) => {
      const { [key]: _gone, ...rest } = read();
      return Promise.resolve(Deno.writeTextFileSync(FILE, JSON.stringify(rest)));
    },
    list: () => Promise.resolve(Object.keys(read())),
    getName: () => name,
  }),
};
`;

const DRIVER = `export const driver = {
  type: "@acme/engine", name: "Engine", description: "Runs methods elsewhere",
  createDriver: () => ({
    type: "@acme/engine",
    execute: () => Promise.resolve({ status: "success", outputs: [], logs: [], durationMs: 1 }),
  }),
};
`;

const DATASTORE = `const lock = {
  acquire: () => Promise.resolve(),
  release: () => Promise.resolve(),
  withLock: (work) => work(),
  inspect: () => Promise.resolve(null),
  forceRelease: () => Promise.resolve(false),
};
export const datastore = {
  type: "@acme/store", name: "Store", description: "Keeps data",
  createProvider: () => ({
    createLock: () => lock,
    createVerifier: () => ({
      verify: () => Promise.resolve({
        healthy: true, message: "fine", latencyMs: 1, datastoreType: "@acme/store",
      }),
    }),
    createSyncService: () => ({
      pullChanged: () => Promise.resolve(0),
      pushChanged: () => Promise.resolve(0),
    }),
    resolveDatastorePath: (repoDir) => repoDir + "/store",
    resolveCachePath: (repoDir) => repoDir + "/store",
  }),
};
`;

const REPORT = `export const report = {
  name: "@acme/summary", description: "Sums up", scope: "method",
  execute: () => ({ markdown: "all is well", json: { well: true } }),
};
`;

/** Writes a source of every kind into a repository. */
export function writeLazySources(repository: CliRepository): void {
  repository.write("thing.ts", THING);
  repository.write("more.ts", MORE);
  repository.write("safe.ts", VAULT, "vaults");
  repository.write("engine.ts", DRIVER, "drivers");
  repository.write("store.ts", DATASTORE, "datastores");
  repository.write("summary.ts", REPORT, "reports");
}
