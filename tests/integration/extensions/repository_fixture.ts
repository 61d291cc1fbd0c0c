import { dirname, join } from "@std/path";
import type { ModelTypes } from "../../../src/domain/models/model_types.ts";
import { openModelTypes } from "../../../src/infrastructure/extensions/extension_types.ts";
import type { RepositorySettings } from "../../../src/domain/repository/settings.ts";
import {
  type IndexSettings,
  openExtensionIndex,
} from "../../../src/infrastructure/extensions/extension_index.ts";
import type { PackageStore } from "../../../src/domain/extensions/package_store.ts";
import { openPackageStore } from "../../../src/infrastructure/extensions/package_index.ts";
import { denoExecutable } from "../../../src/infrastructure/runtime/deno_executable.ts";
import { programFile } from "../../../src/infrastructure/runtime/program_files.ts";
import type { ExtensionCatalogStore } from "../../../src/infrastructure/persistence/extension_catalog_store.ts";

/** What opening the index of a fixture did and said. */
export interface OpenedIndex extends Disposable {
  readonly store: ExtensionCatalogStore;
  /** Names of the model types that can be used. */
  readonly types: readonly string[];
  /** Error by source. */
  readonly broken: Readonly<Record<string, string>>;
  /** Number of sources that were built. */
  readonly built: number;
  readonly warnings: readonly string[];
  /** What it told the user to wait for. */
  readonly notices: readonly string[];
  /** Names of the phases that ran. */
  readonly phases: readonly string[];
}

/** How {@linkcode RepositoryFixture.open} opens the index. */
export interface OpenFixtureOptions {
  readonly importLimit?: number;
  readonly onlyType?: string;
  /** Called with the name of every phase, at its end. */
  readonly onPhase?: (phase: string) => void;
}

/** A repository whose sources a test writes, in a temporary folder unless told. */
export class RepositoryFixture implements Disposable {
  constructor(
    readonly root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-test-" })),
  ) {}

  /** Folders elsewhere with sources, as in `.swamp.yaml`. */
  extensionSources: string[] = [];

  /** Absolute path of something in the repository. */
  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  /** Writes a file below `extensions/models`, or below another folder of `extensions`. */
  write(name: string, text: string, folder = "models"): string {
    const path = this.path("extensions", folder, name);
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, text);
    return path;
  }

  /** The model types of the repository; what they warn of goes into `warnings`. */
  modelTypes(warnings: string[] = []): Promise<ModelTypes> {
    return openModelTypes({
      repository: { root: this.root, settings: this.#settings() },
      variable: () => undefined,
      warn: (message) => warnings.push(message),
      notice: () => {},
      trace: () => {},
    });
  }

  /** Brings the catalog up to date and tells what that took. */
  async open(options: OpenFixtureOptions = {}): Promise<OpenedIndex> {
    let built = 0;
    const warnings: string[] = [];
    const notices: string[] = [];
    const phases: string[] = [];
    const index = this.#index(options, { warnings, notices });
    const store = await openExtensionIndex({
      ...index,
      trace: (phase, _milliseconds, detail) => {
        phases.push(phase);
        options.onPhase?.(phase);
        if (phase === "building") built = Number(detail);
      },
    }, options.onlyType === undefined ? {} : { onlyType: options.onlyType });
    return {
      store,
      types: store.types("model").map(({ type }) => type),
      broken: Object.fromEntries(
        store.brokenSources().map(({ sourcePath, error }) => [sourcePath, error]),
      ),
      built,
      warnings,
      notices,
      phases,
      [Symbol.dispose]: () => store.close(),
    };
  }

  /** The installed packages of the repository, their changes written through to the catalog. */
  packages(): PackageStore {
    return openPackageStore(this.#index({}, { warnings: [], notices: [] }));
  }

  #index(
    options: OpenFixtureOptions,
    said: { warnings: string[]; notices: string[] },
  ): IndexSettings {
    return {
      repositoryRoot: this.root,
      settings: this.#settings(),
      variable: () => undefined,
      builtIn: (kind, type) => kind === "model" && type === "command/shell",
      worker: async () => {
        const { path, configArguments } = await programFile("index_worker");
        return {
          deno: await denoExecutable(),
          program: path,
          programArguments: configArguments,
          importLimit: options.importLimit ?? 20_000,
        };
      },
      warn: (message) => said.warnings.push(message),
      notice: (message) => said.notices.push(message),
      trace: () => {},
    };
  }

  #settings(): RepositorySettings {
    return { all: { extensionSources: this.extensionSources } };
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}

/** Source of a model type that works. */
export function modelSource(type: string, more = ""): string {
  return `import { z } from "npm:zod@4.3.6";
export const model = {
  type: ${JSON.stringify(type)},
  version: "2026.01.02.1",
  globalArguments: z.object({ region: z.string().describe("where"), size: z.number().default(3) }),
  resources: {
    state: {
      description: "State of ${type}",
      schema: z.object({ id: z.string() }),
      lifetime: "infinite",
      garbageCollection: 5,
    },
  },
  methods: {
    get: {
      description: "Reads it",
      arguments: z.object({ id: z.string() }),
      execute: () => Promise.resolve({ dataHandles: [] }),
    },
  },${more}
};
`;
}

/** Source of an extension that adds one method to a type. */
export function extensionSource(type: string, method: string): string {
  return `import { z } from "npm:zod@4.3.6";
export const extension = {
  type: ${JSON.stringify(type)},
  methods: [{
    ${method}: {
      description: "Added",
      arguments: z.object({}),
      execute: () => Promise.resolve({}),
    },
  }],
};
`;
}
