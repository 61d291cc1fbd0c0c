import { mergeDescriptors } from "../../domain/extensions/claims.ts";
import type {
  ModelDescriptor,
  ModelExtensionDescriptor,
} from "../../domain/extensions/descriptor.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import type { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import type { KindBehavior } from "./catalog_types.ts";
import type { LoadSettings } from "./import_bundle.ts";

/** What is special about model types: other sources may add methods and checks to them. */
export function modelBehavior(
  settings: LoadSettings,
): KindBehavior<ModelType, ModelDescriptor> {
  return {
    kind: "model",
    extended: (catalog) => [...new Set(catalog.types("extension").map(({ type }) => type))],
    merge: (descriptor, base, catalog) =>
      mergeDescriptors(
        descriptor,
        base?.sourcePath ?? "built in",
        catalog.activeTypes("extension", descriptor.type).map(({ sourcePath }) => ({
          source: sourcePath,
          extension: extensionOf(catalog, sourcePath),
        })),
      ),
    async load(type, base, { catalog, strict }) {
      const extensions = catalog?.activeTypes("extension", type) ?? [];
      if (!("bundlePath" in base) && extensions.length === 0) return base;
      const { loadModel } = await import("./load_model.ts");
      return await loadModel(settings, base, { extensions, strict });
    },
  };
}

function extensionOf(catalog: ExtensionCatalogStore, sourcePath: string): ModelExtensionDescriptor {
  return catalog.descriptor(sourcePath, "extension") as ModelExtensionDescriptor;
}
