import { z, type ZodType } from "zod";
import type { MethodDefinition, ModelType } from "../models/model_type.ts";
import type { ValueSchema } from "../models/value_schema.ts";
import type {
  CheckDescriptor,
  DataOutputSpec,
  JsonSchema,
  MethodDescriptor,
  ModelDescriptor,
  ModelExtensionDescriptor,
  ProviderDescriptor,
} from "./descriptor.ts";
import type { ModelExtension } from "./shapes/model_extension_shape.ts";
import type { Provider } from "./shapes/provider_shape.ts";

/** The schema of what a caller may pass: fields with a default are optional (IMP-21). */
export function inputSchema(schema: ValueSchema): JsonSchema {
  return jsonSchema(schema as ZodType, "input");
}

/** The schema of what is stored. */
export function outputSchema(schema: ValueSchema): JsonSchema {
  return jsonSchema(schema as ZodType, "output");
}

function jsonSchema(
  schema: ZodType,
  io: "input" | "output",
  around: ReadonlySet<ZodType> = new Set(),
): JsonSchema {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    cycles: "ref",
    override: ({ zodSchema, jsonSchema }) => {
      const definition = zodSchema._zod.def as { type: string; catchall?: unknown };
      // zod says this on the output side only; for a caller an unknown key is wrong just as well.
      if (definition.type === "object" && definition.catchall === undefined) {
        jsonSchema.additionalProperties ??= false;
      }
      if (definition.type === "pipe") {
        const { in: before, out: after } = zodSchema._zod.def as unknown as PipeDefinition;
        const hidden = io === "input" ? after : before;
        Object.assign(jsonSchema, sensitivity(hidden, io, around));
      }
    },
  }) as JsonSchema;
}

/** What zod knows of `pipe`, `transform`, `preprocess` and codecs. */
interface PipeDefinition {
  readonly in: ZodType;
  readonly out: ZodType;
}

/**
 * A pipe is described by one of its sides. What is sensitive on the other one, or in it, makes the
 * whole of it sensitive.
 */
function sensitivity(
  hidden: ZodType,
  io: "input" | "output",
  around: ReadonlySet<ZodType>,
): JsonSchema {
  // A schema may contain itself.
  if (around.has(hidden)) return {};
  const inside = new Set(around).add(hidden);
  const { sensitive, vaultName, vaultKey, ...rest } = jsonSchema(hidden, io, inside);
  if (sensitive === true) return { sensitive, vaultName, vaultKey };
  return JSON.stringify(rest).includes('"sensitive":true') ? { sensitive: true } : {};
}

/**
 * The descriptor of a model type.
 *
 * @param summary one line of the author about the type; without it the description of the first
 * resource, then of the first method serves.
 */
export function describeModel(model: ModelType, summary?: string): ModelDescriptor {
  const dataOutputSpecs = describeData(model);
  return {
    raw: model.raw,
    type: model.type,
    version: model.version,
    description: firstLine(
      summary ?? dataOutputSpecs.find((spec) => spec.description)?.description ??
        Object.values(model.methods)[0]?.description ?? "",
    ),
    ...(model.globalArguments === undefined
      ? {}
      : { globalArguments: inputSchema(model.globalArguments) }),
    methods: describeMethods(model.methods),
    dataOutputSpecs,
    checks: describeChecks(model.checks),
    reports: model.reports,
  };
}

/** The descriptor of what is added to somebody else's type. */
export function describeModelExtension(extension: ModelExtension): ModelExtensionDescriptor {
  return {
    type: extension.type,
    methods: describeMethods(extension.methods),
    checks: describeChecks(extension.checks),
    dataOutputSpecs: describeResources(extension.resources),
  };
}

/** The descriptor of a vault, driver, datastore or report. */
export function describeProvider(provider: Provider): ProviderDescriptor {
  const { raw, type, name, description, configSchema, scope, labels } = provider;
  return {
    raw,
    type,
    name,
    description,
    ...(configSchema === undefined ? {} : { configSchema: inputSchema(configSchema) }),
    ...(scope === undefined ? {} : { scope }),
    ...(labels === undefined ? {} : { labels }),
  };
}

function describeMethods(methods: Readonly<Record<string, MethodDefinition>>): MethodDescriptor[] {
  return Object.entries(methods).map(([name, method]) => ({
    name,
    description: method.description,
    ...(method.kind === undefined ? {} : { kind: method.kind }),
    arguments: inputSchema(method.arguments),
  }));
}

function describeChecks(checks: ModelType["checks"]): CheckDescriptor[] {
  return Object.entries(checks).map(([name, { description, labels, appliesTo }]) => ({
    name,
    description,
    ...(labels === undefined ? {} : { labels }),
    ...(appliesTo === undefined ? {} : { appliesTo }),
  }));
}

function describeResources(resources: ModelType["resources"]): DataOutputSpec[] {
  return Object.entries(resources).map(([specName, spec]): DataOutputSpec => ({
    specName,
    kind: "resource",
    ...(spec.description === undefined ? {} : { description: spec.description }),
    schema: outputSchema(spec.schema),
    lifetime: spec.lifetime,
    garbageCollection: spec.garbageCollection,
    ...(spec.tags === undefined ? {} : { tags: spec.tags }),
  }));
}

function describeData(model: ModelType): DataOutputSpec[] {
  const files = Object.entries(model.files).map(([specName, spec]): DataOutputSpec => ({
    specName,
    kind: "file",
    ...(spec.description === undefined ? {} : { description: spec.description }),
    contentType: spec.contentType,
    lifetime: spec.lifetime,
    garbageCollection: spec.garbageCollection,
    ...(spec.streaming === undefined ? {} : { streaming: spec.streaming }),
    ...(spec.tags === undefined ? {} : { tags: spec.tags }),
  }));
  return [...describeResources(model.resources), ...files];
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").trim();
}
