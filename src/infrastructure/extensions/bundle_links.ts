import { join } from "@std/path";
import type { DenoProject } from "./deno_command.ts";
import { filesIn } from "./sidecar.ts";
import { importedBy, linkImports, ZOD_BRIDGE_FILE, zodBridgeSource } from "./zod_bridge.ts";
import { bundleZodParts } from "./zod_parts.ts";

/** A bundled batch whose imports are to be pointed at what the bundler left out. */
export interface UnlinkedBundles {
  readonly project: DenoProject;
  /** Absolute path of the batch folder. */
  readonly folder: string;
  /** Specifiers of the zod that swamp shares. */
  readonly zodSpecifiers: readonly string[];
  /** Swamp's zod; needed where there are specifiers of it. */
  readonly zod: object | undefined;
  /** Specifier → absolute path of a module of another batch. */
  readonly lent: ReadonlyMap<string, string>;
}

/** Points imports of zod at swamp's own, and those of borrowed libraries at the batch that has them. */
export async function linkBundles(bundles: UnlinkedBundles): Promise<void> {
  const { folder, lent } = bundles;
  if (bundles.zodSpecifiers.length + lent.size === 0) return;
  const files = [...filesIn(folder)];
  const modules = new Map([...await shareZodWith(bundles, files), ...lent]);
  await linkImports(folder, files, modules);
}

/** Writes the modules that stand for zod: specifier → absolute path. */
async function shareZodWith(
  { project, folder, zodSpecifiers, zod }: UnlinkedBundles,
  files: readonly string[],
): Promise<[string, string][]> {
  if (zod === undefined) return [];
  const isPart = (specifier: string) =>
    !zodSpecifiers.includes(specifier) &&
    zodSpecifiers.some((shared) => specifier.startsWith(`${shared}/`));
  const parts = await bundleZodParts(project, folder, await importedBy(folder, files, isPart));
  const bridge = join(folder, ZOD_BRIDGE_FILE);
  Deno.writeTextFileSync(bridge, zodBridgeSource(Object.keys(zod)));
  return [
    ...zodSpecifiers.map((specifier): [string, string] => [specifier, bridge]),
    ...[...parts].map(([specifier, path]): [string, string] => [specifier, join(folder, path)]),
  ];
}
