import { z } from "zod";
import type { DataStore } from "../../../src/domain/data/data_store.ts";
import { describeModel } from "../../../src/domain/extensions/describe.ts";
import { parseModel } from "../../../src/domain/extensions/shapes/model_shape.ts";
import type { Definition } from "../../../src/domain/models/definition.ts";
import type { DefinitionStore } from "../../../src/domain/models/definition_store.ts";
import type { ModelTypes } from "../../../src/domain/models/model_types.ts";
import type { RunStore } from "../../../src/domain/models/run_record.ts";
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";
import { createRunStore } from "../../../src/infrastructure/persistence/yaml_run_store.ts";
import {
  type EvaluatedModelDocument,
  evaluateModel,
  type EvaluateModelDependencies,
} from "../../../src/libswamp/models/evaluate.ts";
import { vaultsOf } from "../runs/method_runs.ts";
import { withRepository } from "../persistence/temporary_repository.ts";
import { catalogOf } from "../persistence/catalogs.ts";

/** The type of all models here: a resource of known shape, one of any shape, and a file. */
export const BAG = parseModel({
  type: "@acme/bag",
  version: "2026.01.02.1",
  globalArguments: z.object({ region: z.string() }).partial(),
  resources: {
    st: {
      schema: z.object({
        a: z.number(),
        list: z.array(z.object({ id: z.string() })),
        nested: z.object({ k: z.string() }),
        labels: z.record(z.string(), z.string()),
        open: z.object({ known: z.string() }).passthrough(),
        either: z.union([z.object({ x: z.string() }), z.object({ y: z.string() })]),
      }),
      lifetime: "infinite",
      garbageCollection: 10,
    },
    loose: { schema: z.object({}).passthrough(), lifetime: "infinite", garbageCollection: 10 },
  },
  files: { doc: { contentType: "text/plain", lifetime: "infinite", garbageCollection: 10 } },
  methods: {
    go: {
      description: "Go",
      arguments: z.object({}).passthrough(),
      execute: () => Promise.resolve({}),
    },
  },
});

/** The type {@linkcode BAG}, and none other. */
export const BAG_TYPES: ModelTypes = {
  summaries: () => [],
  describe: (type) => type === BAG.type ? describeModel(BAG) : undefined,
  resolve: () => Promise.resolve(BAG),
  failures: () => [],
  failureOf: () => undefined,
};

/** A repository whose definitions can be evaluated. */
export interface ExpressionLab extends EvaluateModelDependencies {
  readonly layout: RepositoryLayout;
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
  readonly runs: RunStore;
  /** Writes a definition of the type `@acme/bag`, in the manner of people, and gives its id. */
  define(name: string, yaml: string): Promise<string>;
  /** The global arguments of a model after its evaluation. */
  values(name: string): Promise<Record<string, unknown>>;
  evaluate(name: string): Promise<EvaluatedModelDocument>;
  /** Stores data of a model. */
  write(model: string, name: string, content: unknown, stored?: StoredAs): Promise<void>;
}

/** What data is stored as; a resource of the spec `st` unless told. */
export interface StoredAs {
  readonly tags?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

/** Runs `test` in an empty repository. */
export function withExpressions(test: (lab: ExpressionLab) => Promise<void>): Promise<void> {
  return withRepository(async (layout) => {
    const definitions = createDefinitionStore(layout);
    const data = createDataStore(layout);
    const lab: EvaluateModelDependencies = {
      definitions,
      openData: () => Promise.resolve(data),
      openCatalog: () => Promise.resolve(catalogOf(layout)),
      openSecrets: () => vaultsOf(layout),
      environment: () => ({ HOME: "/home/me", REGION: "eu" }),
      runs: createRunStore(layout),
      locks: createLocks(layout, { notice: () => {} }),
    };
    const evaluate = (name: string) => evaluateModel(lab, name);
    await test({
      ...lab,
      ...{ layout, data, evaluate },
      define: (name, yaml) => define(layout, name, yaml),
      values: async (name) => ({ ...(await evaluate(name)).globalArguments }),
      write: async (model, name, content, stored) =>
        await write(data, (await definitions.find(model)).definition, name, content, stored),
    });
  });
}

async function define(layout: RepositoryLayout, name: string, yaml: string): Promise<string> {
  const id = crypto.randomUUID();
  const folder = `${layout.models}/@acme/bag`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(
    `${folder}/${id}.yaml`,
    `id: ${id}\nname: '${name}'\nversion: 1\n${yaml}`,
  );
  return id;
}

async function write(
  data: DataStore,
  { type, id, name: modelName }: Pick<Definition, "type" | "id" | "name">,
  name: string,
  content: unknown,
  { tags = { type: "resource", specName: "st" }, contentType = "application/json" }: StoredAs = {},
): Promise<void> {
  const pending = await data.reserve({ type, modelId: id }, name);
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const writer = (await data.openContent(pending)).getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  await data.publish(pending, {
    id: crypto.randomUUID(),
    contentType,
    lifetime: "infinite",
    garbageCollection: 10,
    streaming: false,
    tags: { modelName, ...tags },
    ownerDefinition: { ownerType: "model-method", ownerRef: id },
  });
}
