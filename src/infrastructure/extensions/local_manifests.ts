/**
 * Manifests among the user's own sources: what is developed here as a package. As in an installed one,
 * a manifest decides what its files are, whatever folder they lie in (contract: extensions 5.3, B53,
 * and 5.4, B66).
 *
 * @module
 */
import { dirname, join } from "@std/path";
import { KIND_ROWS, type KindRow } from "../../domain/extensions/kinds.ts";
import { isPackageName } from "../../domain/extensions/package_name.ts";
import { isMap } from "../../domain/models/definition_fields.ts";
import { parseYaml } from "../persistence/yaml_reader.ts";
import type { DiscoveredFile, Discovery } from "./discover.ts";
import { type SourceKey, sourceKey, sourcePath } from "./source_key.ts";
import type { SourceRoot } from "./source_roots.ts";

/** A manifest that names a package. */
export interface LocalManifest {
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** Listed paths by the folder of their kind: `models`, `vaults`, … */
  readonly listed: ReadonlyMap<string, readonly string[]>;
}

/**
 * The manifests of a walk that have a name and a version. One that cannot be read, or that is of
 * something else, is left out: it becomes a matter when it is pushed.
 *
 * @param wanted says of a text, and of the folder that it is from, whether it is worth parsing
 */
export async function readLocalManifests(
  repositoryRoot: string,
  { manifests }: Discovery,
  wanted: (text: string, folder: string) => boolean = () => true,
): Promise<LocalManifest[]> {
  const read = manifests.map((key) => readLocalManifest(sourcePath(repositoryRoot, key), wanted));
  return (await Promise.all(read)).filter((manifest) => manifest !== undefined);
}

async function readLocalManifest(
  path: string,
  wanted: (text: string, folder: string) => boolean,
): Promise<LocalManifest | undefined> {
  let document: unknown;
  try {
    const text = Deno.readTextFileSync(path);
    if (!wanted(text, dirname(path))) return undefined;
    document = await parseYaml(text);
  } catch {
    return undefined;
  }
  if (!isMap(document)) return undefined;
  const { name, version } = document;
  if (typeof name !== "string" || !isPackageName(name) || typeof version !== "string") {
    return undefined;
  }
  const lists = KIND_ROWS.map(({ folder }) => [folder, document[folder]] as const);
  const listed = new Map(
    lists.map(([folder, list]) => [folder, Array.isArray(list) ? list.map(String) : []]),
  );
  return { folder: dirname(path), name, version, listed };
}

/** A walk in which every file that a manifest lists as another kind than its folder's is of that kind. */
export async function withManifests(
  repositoryRoot: string,
  roots: readonly SourceRoot[],
  found: Discovery,
): Promise<Discovery> {
  if (found.manifests.length === 0) return found;
  const manifests = await readLocalManifests(
    repositoryRoot,
    found,
    (text, folder) => LISTS_OTHERS.test(text) || liesAmongOthers(roots, folder),
  );
  const present = new Map(found.files.map((file) => [file.key, file]));
  const kinds = new Map<SourceKey, KindRow>();
  const own = new Set<SourceKey>();
  for (const manifest of manifests) {
    for (const row of KIND_ROWS) {
      for (const listed of manifest.listed.get(row.folder) ?? []) {
        const file = placesOf(roots, manifest, row.folder, listed)
          .map((path) => present.get(sourceKey(repositoryRoot, path)))
          .find((candidate) => candidate !== undefined);
        if (file?.root.folder === row.folder) own.add(file.key);
        else if (file !== undefined && !kinds.has(file.key)) kinds.set(file.key, row);
      }
    }
  }
  return { ...found, files: found.files.map((file) => ofKind(file, own, kinds.get(file.key))) };
}

/** People keep hundreds of manifests, most of which list models and nothing else: nothing to decide. */
const LISTS_OTHERS = /\b(?:vaults|drivers|datastores|reports)["']?\s*:/;

function liesAmongOthers(roots: readonly SourceRoot[], folder: string): boolean {
  return roots.some((root) =>
    root.folder !== "models" && (folder === root.path || folder.startsWith(`${root.path}/`))
  );
}

/** Where a listed file may lie, the best place first, as in an installed package. */
function placesOf(
  roots: readonly SourceRoot[],
  manifest: LocalManifest,
  folder: string,
  listed: string,
): string[] {
  const below = (kind: string) =>
    roots.filter((root) => root.folder === kind && isInside(manifest.folder, root))
      .map(({ path }) => join(path, listed));
  return [...below(folder), join(manifest.folder, listed), ...below("models")];
}

/** Whether a manifest and a source root are of one place: the repository, or one folder elsewhere. */
function isInside(folder: string, { base }: SourceRoot): boolean {
  return folder === base || folder.startsWith(`${base}/`);
}

function ofKind(
  file: DiscoveredFile,
  own: ReadonlySet<SourceKey>,
  row: KindRow | undefined,
): DiscoveredFile {
  if (row === undefined || own.has(file.key)) return file;
  const { folder, bundleFolder } = row;
  return { ...file, root: { ...file.root, folder, bundleFolder } };
}
