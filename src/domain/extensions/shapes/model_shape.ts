import { z } from "zod";
import { DURATION, DURATION_TEXT, isLifetime } from "../../data/lifetime.ts";
import type {
  FileSpec,
  ModelType,
  ResourceSpec,
  UpgradeDefinition,
} from "../../models/model_type.ts";
import { compareCalVer, isCalVer } from "../calver.ts";
import { normalizeTypeName, segmentCount } from "../type_name.ts";
import { checkShape, methodShape, requireArgumentSchemas } from "./method_shape.ts";
import { issueLines, ShapeError } from "./shape_error.ts";
import { functionField, kindOf, zodSchemaField } from "./zod_schema.ts";

const lifetime = z.string().refine(isLifetime, DURATION_TEXT);
const garbageCollection = z.union([
  z.number().int().positive(),
  z.string().regex(DURATION, DURATION_TEXT).refine((text) => Number.parseInt(text) > 0, {
    error: "Garbage collection duration must be greater than zero",
  }),
]);
const tags = z.record(z.string(), z.string()).optional();

/** Shape of one entry of `resources` (contract: authoring 1.1). */
export const resourceSpec = z.object({
  schema: zodSchemaField,
  lifetime,
  garbageCollection,
  description: z.string().optional(),
  tags,
  sensitiveOutput: z.boolean().optional(),
  vaultName: z.string().optional(),
});

const fileSpec = z.object({
  contentType: z.string(),
  lifetime,
  garbageCollection,
  description: z.string().optional(),
  streaming: z.boolean().optional(),
  tags,
});

const calVer = z.string().refine(isCalVer, "toVersion must be valid CalVer (YYYY.MM.DD.MICRO)");
const upgrade = z.object({
  toVersion: calVer,
  description: z.string(),
  upgradeAttributes: functionField,
});

const modelShape = z.object({
  type: z.string(),
  version: z.string(),
  globalArguments: zodSchemaField.optional(),
  resources: z.record(z.string(), resourceSpec).optional(),
  files: z.record(z.string(), fileSpec).optional(),
  methods: z.record(z.string(), methodShape),
  checks: z.record(z.string(), checkShape).optional(),
  upgrades: z.array(upgrade).optional(),
  reports: z.array(z.string()).optional(),
});

/**
 * Turns `export const model` into a model type. Unknown fields are dropped at every level.
 *
 * @throws {ShapeError} that says which field is wrong; texts of the contract (authoring 1.1).
 */
export function parseModel(exported: unknown): ModelType {
  requireFriendlyFields(exported);
  const parsed = modelShape.safeParse(exported);
  if (!parsed.success) throw new ShapeError(issueLines(parsed.error));
  const shape = parsed.data;
  const upgrades = (shape.upgrades ?? []) as unknown as UpgradeDefinition[];
  requireConsistentUpgrades(shape.type, shape.version, upgrades);
  return {
    raw: shape.type,
    type: normalizeTypeName(shape.type),
    version: shape.version,
    ...(shape.globalArguments === undefined ? {} : { globalArguments: shape.globalArguments }),
    resources: (shape.resources ?? {}) as Record<string, ResourceSpec>,
    files: (shape.files ?? {}) as Record<string, FileSpec>,
    methods: shape.methods,
    checks: shape.checks ?? {},
    upgrades,
    reports: shape.reports ?? [],
  };
}

/** The defects that authors make most often get a text with an example, tried in this order. */
function requireFriendlyFields(exported: unknown): void {
  if (typeof exported !== "object" || exported === null) {
    throw new ShapeError(`: Invalid input: expected object, received ${kindOf(exported)}`);
  }
  const { type, version, methods } = exported as Record<string, unknown>;
  requireArgumentSchemas(methods);
  if (typeof type !== "string" || type.trim() === "") {
    throw new ShapeError(
      "Missing required 'type' field. Add a namespaced type identifier.\n\n" +
        'Example:\n  type: "@myorg/my-model",',
    );
  }
  if (!isCalVer(version)) {
    throw new ShapeError(
      "Missing or invalid 'version' field. Use CalVer format: YYYY.MM.DD.MICRO.\n\n" +
        'Example:\n  version: "2026.02.10.1",',
    );
  }
  if (methods === undefined) {
    throw new ShapeError(
      "Missing required 'methods' field. Add at least one method to your model.\n\n" +
        "Example:\n  methods: { run: { description, arguments: z.object({}), execute } },",
    );
  }
  if (segmentCount(normalizeTypeName(type)) < 2) {
    throw new ShapeError(
      `Model type '${type}' must have at least 2 segments. Expected format: ` +
        "@<collective>/<name> or <collective>/<name> (e.g., @myorg/my-model or myorg/my-model)",
    );
  }
}

function requireConsistentUpgrades(
  type: string,
  version: string,
  upgrades: readonly UpgradeDefinition[],
): void {
  upgrades.reduce((previous: UpgradeDefinition | undefined, next) => {
    if (previous !== undefined && compareCalVer(previous.toVersion, next.toVersion) >= 0) {
      throw new ShapeError(
        `Upgrades for model type "${type}" are not in chronological order: ` +
          `"${previous.toVersion}" must be before "${next.toVersion}"`,
      );
    }
    return next;
  }, undefined);
  const last = upgrades.at(-1);
  if (last !== undefined && last.toVersion !== version) {
    throw new ShapeError(
      `Last upgrade toVersion "${last.toVersion}" does not match model version "${version}" ` +
        `for model type "${type}"`,
    );
  }
}
