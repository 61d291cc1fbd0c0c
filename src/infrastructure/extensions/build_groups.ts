import { join } from "@std/path";
import type { BuildGroup } from "./build.ts";
import type { DenoProject } from "./deno_command.ts";
import type { DiscoveredFile } from "./discover.ts";

/**
 * At most this many sources are built together. What bundling costs grows faster than the number of
 * sources; what they share is repeated in each batch.
 */
export const BATCH_LIMIT = 400;

/** Where and with what sources are built. */
export interface GroupSettings {
  /** Absolute path of a deno executable that can bundle. */
  readonly deno: string;
  readonly repositoryRoot: string;
  /** Absolute path of the folder that holds the bundle folders. */
  readonly internalFolder: string;
  /** Absolute path of the folder of installed packages. */
  readonly packagesFolder: string;
}

/**
 * Sources that are built together: same bundle folder, same project, same package, and not too many.
 * Those of a package that ships their bundles are a group of their own.
 */
export function groupSources(
  { deno, repositoryRoot, internalFolder, packagesFolder }: GroupSettings,
  sources: readonly DiscoveredFile[],
): BuildGroup[] {
  const groups = new Map<string, BuildGroup & { sources: DiscoveredFile[] }>();
  for (const file of sources) {
    const { configuration } = file;
    const project: DenoProject = { deno, configuration, repositoryRoot };
    const bundleFolder = join(internalFolder, file.root.bundleFolder);
    const shipped = file.shipped === undefined ? {} : { shippedIn: packagesFolder };
    const key = [bundleFolder, configuration, file.package, file.shipped !== undefined].join("\n");
    const group = groups.get(key) ?? { project, bundleFolder, sources: [], ...shipped };
    group.sources.push(file);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) =>
    portions(group.sources).map((sources) => ({ ...group, sources }))
  );
}

/** Parts of about the same size, none above the limit. */
function portions(sources: readonly DiscoveredFile[]): DiscoveredFile[][] {
  const parts = Math.ceil(sources.length / BATCH_LIMIT);
  const size = Math.ceil(sources.length / parts);
  return Array.from(
    { length: parts },
    (_, index) => sources.slice(index * size, (index + 1) * size),
  );
}
