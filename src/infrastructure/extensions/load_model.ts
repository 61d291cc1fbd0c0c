import { messageOf, UserError } from "../../domain/errors.ts";
import { OwnedNames } from "../../domain/extensions/claims.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import type { ActiveType } from "../persistence/extension_catalog_rows.ts";
import { importBundle, type LoadSettings } from "./import_bundle.ts";

/** The extensions of a model type. */
export interface ExtensionsToLoad {
  /** In order of precedence. */
  readonly extensions: readonly ActiveType[];
  /** Whether one that cannot be loaded is a failure rather than left out with a warning. */
  readonly strict: boolean;
}

/**
 * Imports a model type's own bundle, then every bundle that extends it.
 *
 * @param base the row of the type, or a built-in type
 * @throws {UserError} `type_broken` when the bundle of the type itself cannot be loaded, or in strict
 * loading that of an extension.
 */
export async function loadModel(
  settings: LoadSettings,
  base: ActiveType | ModelType,
  { extensions, strict }: ExtensionsToLoad,
): Promise<ModelType> {
  const model = "bundlePath" in base ? await importModel(settings, base) : base;
  if (extensions.length === 0) return model;
  const source = "bundlePath" in base ? base.sourcePath : "built in";
  const methods = new OwnedNames("Method", model.type, source, Object.keys(model.methods));
  const checks = new OwnedNames("Check", model.type, source, Object.keys(model.checks));
  const specs = new OwnedNames("Resource", model.type, source, Object.keys(model.resources));
  const merged = {
    ...model,
    methods: { ...model.methods },
    checks: { ...model.checks },
    resources: { ...model.resources },
  };
  for (const row of extensions) {
    const extension = await importExtension(settings, row, strict);
    if (extension === undefined) continue;
    for (const [name, method] of Object.entries(extension.methods)) {
      if (methods.take(name, row.sourcePath)) merged.methods[name] = method;
    }
    for (const [name, check] of Object.entries(extension.checks)) {
      if (checks.take(name, row.sourcePath)) merged.checks[name] = check;
    }
    for (const [name, spec] of Object.entries(extension.resources)) {
      if (specs.take(name, row.sourcePath)) merged.resources[name] = spec;
    }
  }
  return merged;
}

async function importModel(settings: LoadSettings, row: ActiveType): Promise<ModelType> {
  try {
    const [module, { exportOf }, { parseModel }] = await Promise.all([
      importBundle(settings, row),
      import("../../domain/extensions/shapes/mod.ts"),
      import("../../domain/extensions/shapes/model_shape.ts"),
    ]);
    return parseModel(exportOf(module, "model"));
  } catch (thrown) {
    throw cannotBeLoaded(row, thrown);
  }
}

async function importExtension(settings: LoadSettings, row: ActiveType, strict: boolean) {
  try {
    const [module, { exportOf }, { parseModelExtension }] = await Promise.all([
      importBundle(settings, row),
      import("../../domain/extensions/shapes/mod.ts"),
      import("../../domain/extensions/shapes/model_extension_shape.ts"),
    ]);
    return parseModelExtension(exportOf(module, "extension"));
  } catch (thrown) {
    if (strict) throw cannotBeLoaded(row, thrown);
    settings.warn(
      `Failed to extend model '${row.type}' from ${row.sourcePath}: ${messageOf(thrown)}`,
    );
    return undefined;
  }
}

function cannotBeLoaded({ type, sourcePath }: ActiveType, thrown: unknown): UserError {
  return new UserError(
    "type_broken",
    `Model type '${type}' cannot be loaded: ${sourcePath}: ${messageOf(thrown)}`,
    { cause: thrown },
  );
}
