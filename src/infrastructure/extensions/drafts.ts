/**
 * What is recorded of sources and libraries while they are built.
 *
 * @module
 */
import type { BuildGroup } from "./build.ts";
import type { DenoProject } from "./deno_command.ts";
import type { FileTable } from "./file_table.ts";
import type { IndexAnswer } from "./index_protocol.ts";
import type { BuiltLibrary, LibrarySettings } from "./libraries.ts";
import type { SourceGraph } from "./module_graph.ts";
import { projectFiles } from "./project_files.ts";
import type { BuiltSource } from "./sidecar.ts";
import { type SourceKey, sourceKey } from "./source_key.ts";

/** A file and the hash of its content. */
interface HashedFile {
  readonly key: SourceKey;
  readonly hash: string;
}

/** What is known of sources before bundling: hashes, and errors in their module graphs. */
export function draftSources(
  settings: LibrarySettings,
  { sources, project }: Pick<BuildGroup, "sources" | "project">,
  claims: readonly string[],
  graphs: ReadonlyMap<string, SourceGraph>,
): Promise<BuiltSource[]> {
  return Promise.all(sources.map(async ({ key, path }, index) => {
    const graph = graphs.get(path);
    return {
      ...await hashed(settings, project, key, graph),
      state: graph?.error === undefined ? "helper" : "broken",
      bundle: "",
      error: graph?.error ?? "",
      transient: graph?.transient ?? false,
      claims: claims[index]!,
      contributions: [],
    };
  }));
}

/**
 * What is known of libraries once they are bundled and were looked at again with the sources that
 * import them. One that the bundler refused is left out.
 *
 * @param libraries absolute paths, with their graphs
 * @param bundles absolute path of a source → module, relative to the batch folder
 */
export function draftLibraries(
  settings: LibrarySettings,
  project: DenoProject,
  libraries: ReadonlyMap<string, SourceGraph>,
  bundles: ReadonlyMap<string, string>,
): Promise<BuiltLibrary[]> {
  const made = [...libraries].filter(([path]) => bundles.has(path));
  return Promise.all(made.map(async ([path, graph]) => ({
    ...await hashed(settings, project, sourceKey(settings.repositoryRoot, path), graph),
    module: bundles.get(path)!,
  })));
}

async function hashed(
  { files, repositoryRoot }: LibrarySettings,
  { configuration }: DenoProject,
  key: SourceKey,
  graph: SourceGraph | undefined,
): Promise<HashedFile & { configuration: SourceKey; imports: HashedFile[] }> {
  const imported = [...(graph?.imports ?? []), ...projectFiles(configuration)];
  const imports = imported.map(async (imported) => {
    const importKey = sourceKey(repositoryRoot, imported);
    return { key: importKey, hash: (await files.look(importKey)).hash };
  });
  return {
    key,
    configuration: configuration && sourceKey(repositoryRoot, configuration),
    hash: (await files.look(key)).hash,
    imports: await Promise.all(imports),
  };
}

/**
 * Drafts as they may be recorded now that they are bundled. Which text of a file that was edited
 * meanwhile a bundle has is unknown, so such a file gets a hash that no text has.
 */
export async function lookedAtAgain(
  files: FileTable,
  drafts: readonly BuiltSource[],
): Promise<BuiltSource[]> {
  await files.lookAgain(drafts.flatMap((draft) => [draft, ...draft.imports]).map(({ key }) => key));
  const again = async <F extends HashedFile>(file: F) => ({
    ...file,
    hash: (await files.look(file.key)).hash,
  });
  return await Promise.all(drafts.map(async (draft) => ({
    ...await again(draft),
    imports: await Promise.all(draft.imports.map(again)),
  })));
}

/** A source whose bundle was indexed. */
export function finished(draft: BuiltSource, bundle: string, answer: IndexAnswer): BuiltSource {
  if ("error" in answer) {
    const { error, loaded } = answer;
    return { ...draft, state: "broken", error, bundle: loaded ? bundle : "" };
  }
  if (answer.contributions.length === 0) return draft;
  return { ...draft, state: "ok", bundle, contributions: answer.contributions };
}
