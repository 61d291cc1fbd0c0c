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
}

/** Sources that are built together: same bundle folder, same project, and not too many. */
export function groupSources(
  { deno, repositoryRoot, internalFolder }: GroupSettings,
  sources: readonly DiscoveredFile[],
): BuildGroup[] {
  const groups = new Map<string, BuildGroup & { sources: DiscoveredFile[] }>();
  for (const file of sources) {
    const { configuration } = file;
    const project: DenoProject = { deno, configuration, repositoryRoot };
    const bundleFolder = join(internalFolder, file.root.bundleFolder);
    const key = `${bundleFolder}\n${configuration}`;
    const group = groups.get(key) ?? { project, bundleFolder, sources: [] };
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
