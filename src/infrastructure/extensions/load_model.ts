import { toFileUrl } from "@std/path";
import { messageOf, UserError } from "../../domain/errors.ts";
import { OwnedNames } from "../../domain/extensions/claims.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import type { ActiveType } from "../persistence/extension_catalog_rows.ts";
import { sourcePath } from "./source_key.ts";

/** What loading the code of types needs. */
export interface LoadSettings {
  readonly repositoryRoot: string;
  readonly trace: Trace;
  /** One line for the user, on stderr. */
  readonly warn: (message: string) => void;
}

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

/** Imports a bundle into this process, with swamp's zod shared and its folder kept from removal. */
async function importBundle(
  { repositoryRoot, trace }: LoadSettings,
  row: ActiveType,
): Promise<Record<string, unknown>> {
  const [{ shareZod }, zod, { leaseBatch }] = await Promise.all([
    import("./share_zod.ts"),
    import("zod"),
    import("./bundle_housekeeping.ts"),
  ]);
  shareZod(zod);
  leaseBatch(sourcePath(repositoryRoot, row.batch));
  const path = sourcePath(repositoryRoot, row.bundlePath);
  return await timed(
    trace,
    "load bundle",
    () => import(toFileUrl(path).href),
    () => row.bundlePath,
  );
}
