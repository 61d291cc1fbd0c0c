import { messageOf, UserError } from "../../domain/errors.ts";
import type { ProviderDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Provider, ProviderKind } from "../../domain/extensions/shapes/provider_shape.ts";
import type { ActiveType } from "../persistence/extension_catalog_rows.ts";
import type { KindBehavior } from "./catalog_types.ts";
import type { LoadSettings } from "./import_bundle.ts";

/** Vaults, drivers, datastores and reports: nothing is merged into them. */
export function providerBehavior(
  kind: ProviderKind,
  settings: LoadSettings,
): KindBehavior<Provider, ProviderDescriptor> {
  return {
    kind,
    extended: () => [],
    merge: (descriptor) => ({ model: descriptor, problems: [] }),
    load: (_type, base) =>
      Promise.resolve("bundlePath" in base ? importProvider(kind, settings, base) : base),
  };
}

async function importProvider(
  kind: ProviderKind,
  settings: LoadSettings,
  row: ActiveType,
): Promise<Provider> {
  try {
    const [{ importBundle }, { exportOf }, { parseProvider }] = await Promise.all([
      import("./import_bundle.ts"),
      import("../../domain/extensions/shapes/mod.ts"),
      import("../../domain/extensions/shapes/provider_shape.ts"),
    ]);
    const exported = exportOf(await importBundle(settings, row), kind);
    return { ...parseProvider(kind, exported), source: row.sourcePath };
  } catch (thrown) {
    throw new UserError(
      "type_broken",
      `${kind} type '${row.type}' cannot be loaded: ${row.sourcePath}: ${messageOf(thrown)}`,
      { cause: thrown },
    );
  }
}
