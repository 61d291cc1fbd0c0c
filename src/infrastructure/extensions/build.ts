import { dirname, join, toFileUrl } from "@std/path";
import * as zod from "zod";
import { kindsOfFolder } from "../../domain/extensions/kinds.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import { bundleBatch } from "./bundle.ts";
import { UNFINISHED_PREFIX } from "./bundle_housekeeping.ts";
import type { DenoProject } from "./deno_command.ts";
import type { DiscoveredFile } from "./discover.ts";
import { readSourceText } from "./entry_points.ts";
import type { FileTable } from "./file_table.ts";
import { indexBundles, type IndexWorkerSettings } from "./index_process.ts";
import type { IndexAnswer } from "./index_protocol.ts";
import { readModuleGraphs, type SourceGraph } from "./module_graph.ts";
import { type BuiltSource, filesIn, writeSidecar } from "./sidecar.ts";
import { sourceKey } from "./source_key.ts";
import { bridgeZod, ZOD_BRIDGE_FILE, zodBridgeSource } from "./zod_bridge.ts";

/** What building needs. */
export interface BuildSettings {
  readonly repositoryRoot: string;
  readonly files: FileTable;
  readonly worker: Omit<IndexWorkerSettings, "readable">;
  readonly trace: Trace;
}

/** Sources that are built together. */
export interface BuildGroup {
  readonly project: DenoProject;
  /** Absolute path of the folder that batch folders are made in. */
  readonly bundleFolder: string;
  readonly sources: readonly DiscoveredFile[];
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
    const sources = await buildInto(settings, group, folder);
    writeSidecar(folder, sources);
    return { folder: publish(folder), sources };
  } catch (thrown) {
    Deno.removeSync(folder, { recursive: true });
    throw thrown;
  }
}

async function buildInto(
  settings: BuildSettings,
  group: BuildGroup,
  folder: string,
): Promise<BuiltSource[]> {
  const { trace } = settings;
  const texts = await Promise.all(
    group.sources.map(({ path, root }) => readSourceText(path, root.folder)),
  );
  const entries = group.sources.filter((_, index) => texts[index]!.isEntryPoint);
  const graphs = await timed(
    trace,
    "module graph",
    () => readGraphs(group.project, entries, folder),
  );
  const claims = texts.map((text) => text.claims);
  const drafts = await draftSources(settings, group, claims, graphs);

  const sound = new Map([...graphs].filter(([, graph]) => graph.error === undefined));
  const bundled = await timed(
    trace,
    "bundle",
    () => bundleBatch(group.project, sound, folder),
    ({ bundles }) => `${bundles.size} sources`,
  );
  await shareZodIn(folder, graphs);
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
    const configuration = project.configuration === "" ? [] : [project.configuration];
    const imports = [...(graph?.imports ?? []), ...configuration].map(async (imported) => {
      const importKey = sourceKey(repositoryRoot, imported);
      return { key: importKey, hash: (await files.look(importKey)).hash };
    });
    return {
      key,
      configuration: configuration.map((path) => sourceKey(repositoryRoot, path)).join(),
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

/** Writes the bridge module and points the bundles' zod imports at it. */
async function shareZodIn(
  folder: string,
  graphs: ReadonlyMap<string, SourceGraph>,
): Promise<void> {
  const specifiers = new Set([...graphs.values()].flatMap((graph) => graph.zodSpecifiers));
  if (specifiers.size === 0) return;
  Deno.writeTextFileSync(join(folder, ZOD_BRIDGE_FILE), zodBridgeSource(Object.keys(zod)));
  const scripts = [...filesIn(folder)].filter((path) => path !== ZOD_BRIDGE_FILE);
  await bridgeZod(folder, scripts, specifiers);
}

function indexEntries(
  { worker }: BuildSettings,
  folder: string,
  entries: readonly DiscoveredFile[],
  bundles: ReadonlyMap<string, string>,
): Promise<IndexAnswer[]> {
  return indexBundles(
    { ...worker, readable: folder },
    entries.map(({ path, root }) => ({
      url: toFileUrl(join(folder, bundles.get(path)!)).href,
      kinds: kindsOfFolder(root.folder).map(({ kind }) => kind),
    })),
  );
}

function finished(draft: BuiltSource, bundle: string, answer: IndexAnswer): BuiltSource {
  if ("error" in answer) return { ...draft, state: "broken", error: answer.error };
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
