import { dirname, join, toFileUrl } from "@std/path";
import * as zod from "zod";
import { kindsOfFolder } from "../../domain/extensions/kinds.ts";
import type { ProgressDisplay } from "../../domain/progress.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import { bundleBatch } from "./bundle.ts";
import { UNFINISHED_PREFIX } from "./bundle_housekeeping.ts";
import type { DenoProject } from "./deno_command.ts";
import type { DiscoveredFile } from "./discover.ts";
import { readSourceText } from "./entry_points.ts";
import type { FileTable } from "./file_table.ts";
import { indexBundles, type IndexWorkerSettings } from "./index_process.ts";
import type { IndexAnswer } from "./index_protocol.ts";
import { indexShipped } from "./index_shipped.ts";
import { readModuleGraphs, type SourceGraph } from "./module_graph.ts";
import { projectFiles } from "./project_files.ts";
import { type BuiltSource, filesIn, writeSidecar } from "./sidecar.ts";
import { realPath, type SourceKey, sourceKey, sourcePath } from "./source_key.ts";
import { bridgeZod, importedBy, ZOD_BRIDGE_FILE, zodBridgeSource } from "./zod_bridge.ts";
import { bundleZodParts } from "./zod_parts.ts";

/** What building needs. */
export interface BuildSettings {
  readonly repositoryRoot: string;
  readonly files: FileTable;
  readonly worker: Omit<IndexWorkerSettings, "readable">;
  readonly trace: Trace;
  readonly progress?: ProgressDisplay | undefined;
}

/** Sources that are built together. */
export interface BuildGroup {
  readonly project: DenoProject;
  /** Absolute path of the folder that batch folders are made in. */
  readonly bundleFolder: string;
  readonly sources: readonly DiscoveredFile[];
  /** Absolute path of the folder whose bundles are used as they are, where sources come with bundles. */
  readonly shippedIn?: string;
}

/** A batch folder and what is in it. */
export interface BuiltBatch {
  /** Absolute path. */
  readonly folder: string;
  readonly sources: readonly BuiltSource[];
}

/**
 * Builds a group of sources as one batch: graphs, bundles, descriptors, sidecar. Everything is made
 * in a folder of its own that gets its final name in one step, so a crash leaves the old state or
 * the new one.
 */
export async function buildBatch(settings: BuildSettings, group: BuildGroup): Promise<BuiltBatch> {
  const folder = join(group.bundleFolder, `${UNFINISHED_PREFIX}${crypto.randomUUID()}`);
  Deno.mkdirSync(folder, { recursive: true });
  try {
    const sources = group.shippedIn === undefined
      ? await buildInto(settings, withoutLinks(settings, group), folder)
      : await timed(settings.trace, "index", () => shippedInto(settings, group, folder));
    writeSidecar(folder, sources);
    return { folder: publish(folder), sources };
  } catch (thrown) {
    Deno.removeSync(folder, { recursive: true });
    throw thrown;
  }
}

function shippedInto(
  { repositoryRoot, files, worker }: BuildSettings,
  { sources, shippedIn }: BuildGroup,
  folder: string,
): Promise<BuiltSource[]> {
  const reading = { ...worker, readable: shippedIn! };
  return indexShipped({ repositoryRoot, files, worker: reading }, sources, folder);
}

/** A group whose paths have no symlinks: the bundler follows them, and so must all that is compared. */
function withoutLinks({ repositoryRoot }: BuildSettings, group: BuildGroup): BuildGroup {
  const realRoot = realPath(repositoryRoot);
  const place = (path: string) => sourcePath(repositoryRoot, sourceKey(realRoot, realPath(path)));
  return { ...group, sources: group.sources.map((file) => ({ ...file, path: place(file.path) })) };
}

async function buildInto(
  settings: BuildSettings,
  group: BuildGroup,
  folder: string,
): Promise<BuiltSource[]> {
  const { trace, progress } = settings;
  const { entries, graphs, drafts: begun } = await readSources(settings, group, folder);
  const sound = new Map([...graphs].filter(([, graph]) => graph.error === undefined));
  progress?.show({ phase: "bundle" });
  const bundled = await timed(
    trace,
    "bundle",
    () => bundleBatch(group.project, sound, folder),
    ({ bundles }) => `${bundles.size} sources`,
  );
  const drafts = await lookedAtAgain(settings, begun);
  await shareZodIn(group.project, folder, graphs);
  const toIndex = entries.filter(({ path }) => bundled.bundles.has(path));
  const answers = await timed(
    trace,
    "index",
    () => indexEntries(settings, folder, toIndex, bundled.bundles),
    (found) => `${found.length} bundles`,
  );
  const answerOf = new Map(toIndex.map(({ path }, index) => [path, answers[index]!]));

  return group.sources.map(({ path }, index) => {
    const draft = drafts[index]!;
    const failure = bundled.failures.get(path);
    const answer = answerOf.get(path);
    if (failure !== undefined) return { ...draft, ...failure, state: "broken" };
    if (answer === undefined) return draft;
    return finished(draft, bundled.bundles.get(path)!, answer);
  });
}

/** What is known of a group before anything is bundled. */
interface ReadSources {
  readonly entries: readonly DiscoveredFile[];
  /** Absolute path of an entry → its graph. */
  readonly graphs: Map<string, SourceGraph>;
  /** One for each source, in the same order. */
  readonly drafts: readonly BuiltSource[];
}

async function readSources(
  settings: BuildSettings,
  group: BuildGroup,
  folder: string,
): Promise<ReadSources> {
  const { files, trace, progress } = settings;
  // Before their texts are read, so that an edit in between is noticed.
  await Promise.all(group.sources.map(({ key }) => files.look(key)));
  const texts = await Promise.all(
    group.sources.map(({ path, root }) => readSourceText(path, root.folder)),
  );
  const entries = group.sources.filter((_, index) => texts[index]!.isEntryPoint);
  progress?.show({ phase: "module graph" });
  const graphs = await timed(
    trace,
    "module graph",
    () => readGraphs(group.project, entries, folder),
  );
  const claims = texts.map((text) => text.claims);
  return { entries, graphs, drafts: await draftSources(settings, group, claims, graphs) };
}

async function readGraphs(
  project: DenoProject,
  entries: readonly DiscoveredFile[],
  folder: string,
): Promise<Map<string, SourceGraph>> {
  if (entries.length === 0) return new Map();
  const rootFile = join(folder, "_root.ts");
  const graphs = await readModuleGraphs(project, entries.map(({ path }) => path), rootFile);
  Deno.removeSync(rootFile);
  return graphs;
}

/** What is known of the sources before bundling: hashes, and errors in their module graphs. */
function draftSources(
  { files, repositoryRoot }: BuildSettings,
  { sources, project }: BuildGroup,
  claims: readonly string[],
  graphs: ReadonlyMap<string, SourceGraph>,
): Promise<BuiltSource[]> {
  return Promise.all(sources.map(async ({ key, path }, index) => {
    const graph = graphs.get(path);
    const imported = [...(graph?.imports ?? []), ...projectFiles(project.configuration)];
    const imports = imported.map(async (imported) => {
      const importKey = sourceKey(repositoryRoot, imported);
      return { key: importKey, hash: (await files.look(importKey)).hash };
    });
    return {
      key,
      configuration: project.configuration && sourceKey(repositoryRoot, project.configuration),
      hash: (await files.look(key)).hash,
      imports: await Promise.all(imports),
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
 * Sources as they may be recorded now that they are bundled. Which text of a file that was edited
 * meanwhile a bundle has is unknown, so such a file gets a hash that no text has.
 */
async function lookedAtAgain(
  { files }: BuildSettings,
  drafts: readonly BuiltSource[],
): Promise<BuiltSource[]> {
  await files.lookAgain(drafts.flatMap((draft) => [draft, ...draft.imports]).map(({ key }) => key));
  const again = async <T extends { readonly key: SourceKey }>(file: T) => ({
    ...file,
    hash: (await files.look(file.key)).hash,
  });
  return await Promise.all(drafts.map(async (draft) => ({
    ...await again(draft),
    imports: await Promise.all(draft.imports.map(again)),
  })));
}

/** Writes the modules that stand for zod and points the bundles' zod imports at them. */
async function shareZodIn(
  project: DenoProject,
  folder: string,
  graphs: ReadonlyMap<string, SourceGraph>,
): Promise<void> {
  const shared = [...new Set([...graphs.values()].flatMap((graph) => graph.zodSpecifiers))];
  if (shared.length === 0) return;
  const scripts = [...filesIn(folder)];
  const isPart = (specifier: string) =>
    !shared.includes(specifier) && shared.some((one) => specifier.startsWith(`${one}/`));
  const parts = await bundleZodParts(project, folder, await importedBy(folder, scripts, isPart));
  Deno.writeTextFileSync(join(folder, ZOD_BRIDGE_FILE), zodBridgeSource(Object.keys(zod)));
  const bridged = shared.map((specifier): [string, string] => [specifier, ZOD_BRIDGE_FILE]);
  await bridgeZod(folder, scripts, new Map([...bridged, ...parts]));
}

function indexEntries(
  { worker, progress }: BuildSettings,
  folder: string,
  entries: readonly DiscoveredFile[],
  bundles: ReadonlyMap<string, string>,
): Promise<IndexAnswer[]> {
  const show = (done: number) => progress?.show({ phase: "index", done, total: entries.length });
  let done = 0;
  show(done);
  return indexBundles(
    { ...worker, readable: folder },
    entries.map(({ path, root }) => ({
      url: toFileUrl(join(folder, bundles.get(path)!)).href,
      kinds: kindsOfFolder(root.folder).map(({ kind }) => kind),
    })),
    () => show(++done),
  );
}

function finished(draft: BuiltSource, bundle: string, answer: IndexAnswer): BuiltSource {
  if ("error" in answer) {
    const { error, loaded } = answer;
    return { ...draft, state: "broken", error, bundle: loaded ? bundle : "" };
  }
  if (answer.contributions.length === 0) return draft;
  return { ...draft, state: "ok", bundle, contributions: answer.contributions };
}

/**
 * Gives the folder its final name. No two batches ever share a name, so no process that imported a
 * bundle once can be served the old module for a new one.
 */
function publish(folder: string): string {
  const name = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  const target = join(dirname(folder), name);
  Deno.renameSync(folder, target);
  return target;
}
