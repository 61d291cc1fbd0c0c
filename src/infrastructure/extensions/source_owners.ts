import { basename, dirname } from "@std/path";
import type { SourceOwner } from "../../domain/extensions/extension_health.ts";
import type { LocalManifest } from "./local_manifests.ts";
import { sourceKey, sourcePath } from "./source_key.ts";
import type { SourceRoot } from "./source_roots.ts";

/** What decides whom a source belongs to. */
export interface OwnerQuestion {
  readonly repositoryRoot: string;
  readonly roots: readonly SourceRoot[];
  readonly manifests: readonly LocalManifest[];
  /** Name → version of the installed packages. */
  readonly packages: ReadonlyMap<string, string>;
}

/** The part of a catalog row that tells whom its source belongs to. */
export interface OwnedSource {
  readonly sourcePath: string;
  readonly rank: number;
  /** Name of an installed package, or empty. */
  readonly package: string;
}

/**
 * Whom a source belongs to: an installed package; else the package whose manifest lies nearest above
 * it, except that one at the very top owns everything below it; else the repository, or the folder
 * elsewhere that it comes from (contract: extensions 5.3, B49, B53).
 */
export function ownerOf(question: OwnerQuestion, source: OwnedSource): SourceOwner {
  const { repositoryRoot, roots, manifests, packages } = question;
  if (source.package !== "") {
    const version = packages.get(source.package) ?? NO_VERSION;
    return { origin: "pulled", name: source.package, version };
  }
  const base = roots[source.rank]?.base ?? repositoryRoot;
  const isOwn = base === repositoryRoot || base === roots[source.rank]?.path;
  const top = isOwn ? repositoryRoot : base;
  const origin = isOwn ? "local" : "source";
  const manifest = governing(manifests, top, sourcePath(repositoryRoot, source.sourcePath));
  if (manifest !== undefined) return { origin, name: manifest.name, version: manifest.version };
  const name = isOwn ? `@local/${basename(repositoryRoot)}` : sourceKey(repositoryRoot, base);
  return { origin, name, version: NO_VERSION };
}

const NO_VERSION = "0.0.0";

function governing(
  manifests: readonly LocalManifest[],
  top: string,
  path: string,
): LocalManifest | undefined {
  const at = (folder: string) => manifests.find((manifest) => manifest.folder === folder);
  const highest = at(top);
  if (highest !== undefined) return highest;
  for (let folder = dirname(path); folder.length > top.length; folder = dirname(folder)) {
    const manifest = at(folder);
    if (manifest !== undefined) return manifest;
  }
  return undefined;
}
