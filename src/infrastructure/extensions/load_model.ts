import { messageOf, UserError } from "../../domain/errors.ts";
import { OwnedNames } from "../../domain/extensions/claims.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import type { ActiveType } from "../persistence/extension_catalog_rows.ts";
import { importBundle, type LoadSettings } from "./import_bundle.ts";

/**
 * Imports a model type's own bundle, then every bundle that extends it, in order of precedence. An
 * extension that cannot be imported is reported and left out; its base works.
 *
 * @param base the row of the type, or a built-in type
 * @throws {UserError} `type_broken` when the bundle of the type itself cannot be imported.
 */
export async function loadModel(
  settings: LoadSettings,
  base: ActiveType | ModelType,
  extensions: readonly ActiveType[],
): Promise<ModelType> {
  const model = "bundlePath" in base ? await importModel(settings, base) : base;
  if (extensions.length === 0) return model;
  const source = "bundlePath" in base ? base.sourcePath : "built in";
  const methods = new OwnedNames("Method", model.type, source, Object.keys(model.methods));
  const checks = new OwnedNames("Check", model.type, source, Object.keys(model.checks));
  const merged = { ...model, methods: { ...model.methods }, checks: { ...model.checks } };
  for (const row of extensions) {
    const extension = await importExtension(settings, row);
    if (extension === undefined) continue;
    for (const [name, method] of Object.entries(extension.methods)) {
      if (methods.take(name, row.sourcePath)) merged.methods[name] = method;
    }
    for (const [name, check] of Object.entries(extension.checks)) {
      if (checks.take(name, row.sourcePath)) merged.checks[name] = check;
    }
  }
  return merged;
}

async function importModel(settings: LoadSettings, row: ActiveType): Promise<ModelType> {
  const [module, { exportOf }, { parseModel }] = await Promise.all([
    importBundle(settings, row),
    import("../../domain/extensions/shapes/mod.ts"),
    import("../../domain/extensions/shapes/model_shape.ts"),
  ]).catch((thrown) => {
    throw new UserError(
      "type_broken",
      `Model type '${row.type}' cannot be loaded: ${row.sourcePath}: ${messageOf(thrown)}`,
      { cause: thrown },
    );
  });
  return parseModel(exportOf(module, "model"));
}

async function importExtension(settings: LoadSettings, row: ActiveType) {
  try {
    const [module, { exportOf }, { parseModelExtension }] = await Promise.all([
      importBundle(settings, row),
      import("../../domain/extensions/shapes/mod.ts"),
      import("../../domain/extensions/shapes/model_extension_shape.ts"),
    ]);
    return parseModelExtension(exportOf(module, "extension"));
  } catch (thrown) {
    settings.warn(
      `Failed to extend model '${row.type}' from ${row.sourcePath}: ${messageOf(thrown)}`,
    );
    return undefined;
  }
}
