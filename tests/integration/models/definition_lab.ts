import { z } from "zod";
import type { DataStore } from "../../../src/domain/data/data_store.ts";
import { describeModel } from "../../../src/domain/extensions/describe.ts";
import { parseModel } from "../../../src/domain/extensions/shapes/model_shape.ts";
import type { DefinitionStore } from "../../../src/domain/models/definition_store.ts";
import type { ModelTypes, SourceFailure } from "../../../src/domain/models/model_types.ts";
import type { RunStore } from "../../../src/domain/models/run_record.ts";
import type { Locks } from "../../../src/domain/repository/locks.ts";
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";
import { createRunStore } from "../../../src/infrastructure/persistence/yaml_run_store.ts";
import { createModel } from "../../../src/libswamp/models/create.ts";
import type { VaultService } from "../../../src/domain/vaults/vault_service.ts";
import { vaultsOf } from "../runs/method_runs.ts";
import { withRepository } from "../persistence/temporary_repository.ts";

/** A repository with the type `@acme/thing`, whose region is required, and the type `@acme/plain`. */
export interface DefinitionLab {
  readonly layout: RepositoryLayout;
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
  readonly runs: RunStore;
  readonly openVaults: () => Promise<VaultService>;
  /** Locks that fail at once instead of waiting. */
  readonly locks: Locks;
  readonly types: () => Promise<ModelTypes>;
  /** Texts of files that arguments may name. */
  readonly files: Map<string, string>;
  /** Sources that are broken, by the type that they claim. */
  readonly failures: Map<string, SourceFailure>;
  create(
    type: string,
    name: string,
    ...globalArguments: string[]
  ): ReturnType<typeof createModel>;
}

const THING = parseModel({
  type: "@acme/thing",
  version: "2026.01.02.1",
  globalArguments: z.object({ region: z.string(), size: z.number().int().default(3) }),
  resources: {
    state: { schema: z.object({}), lifetime: "infinite", garbageCollection: 10 },
  },
  checks: {
    zone: { description: "The zone is there", labels: ["net"], execute: () => ({ pass: true }) },
  },
  methods: {
    sync: {
      description: "Sync",
      arguments: z.object({ n: z.number() }),
      execute: () => Promise.resolve({ dataHandles: [] }),
    },
  },
});

const PLAIN = parseModel({
  type: "@acme/plain",
  version: "2026.01.01.1",
  methods: {
    go: {
      description: "Go",
      arguments: z.object({}),
      execute: () => Promise.resolve({ dataHandles: [] }),
    },
  },
});

/** Runs `test` in an empty repository with two types. */
export function withDefinitions(test: (lab: DefinitionLab) => Promise<void>): Promise<void> {
  return withRepository(async (layout) => {
    const definitions = createDefinitionStore(layout);
    const failures = new Map<string, SourceFailure>();
    const locks = createLocks(layout, { notice: () => {}, waitMs: 0 });
    const types = () => Promise.resolve(typesWith(failures));
    const files = new Map<string, string>();
    const readTextFile = (path: string) => Promise.resolve(files.get(path));
    const newId = () => crypto.randomUUID();
    await test({
      ...{ layout, definitions, locks, types, files, failures },
      data: createDataStore(layout),
      openVaults: () => vaultsOf(layout),
      runs: createRunStore(layout),
      create: (type, name, ...globalArguments) =>
        createModel({ definitions, locks, types, readTextFile, newId }, {
          type,
          name,
          globalArguments,
        }),
    });
  });
}

function typesWith(failures: ReadonlyMap<string, SourceFailure>): ModelTypes {
  const models = [THING, PLAIN];
  const find = (type: string) => models.find((model) => model.type === type);
  return {
    summaries: () =>
      models.map(({ raw, type, version }) => ({
        ...{ raw, normalized: type, version, description: "", builtIn: false },
      })),
    describe: (type) => {
      const model = find(type);
      return model === undefined ? undefined : describeModel(model);
    },
    resolve: (type) => {
      const model = find(type);
      return model === undefined ? Promise.reject(new Error(type)) : Promise.resolve(model);
    },
    failures: () => [...failures.values()],
    failureOf: (type) => failures.get(type),
  };
}
