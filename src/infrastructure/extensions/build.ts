import { dirname, join, toFileUrl } from "@std/path";
import { kindsOfFolder } from "../../domain/extensions/kinds.ts";
import type { ProgressDisplay } from "../../domain/progress.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import { bundleBatch, type BundleFailure } from "./bundle.ts";
import { UNFINISHED_PREFIX } from "./bundle_housekeeping.ts";
import { linkBundles } from "./bundle_links.ts";
import type { DenoProject } from "./deno_command.ts";
import type { DiscoveredFile } from "./discover.ts";
import { draftLibraries, draftSources, finished, lookedAtAgain } from "./drafts.ts";
import { readSourceText } from "./entry_points.ts";
import type { FileTable } from "./file_table.ts";
import { indexBundles } from "./index_process.ts";
import type { IndexAnswer } from "./index_protocol.ts";
import { type IndexWorkerSettings, PreparedWorker } from "./index_worker_process.ts";
import { indexShipped } from "./index_shipped.ts";
import {
  type BorrowedLibraries,
  borrowLibraries,
  type LendingBatch,
  lentModules,
  ownLibraries,
} from "./libraries.ts";
import {
  type ModuleGraphs,
  NO_GRAPHS,
  readModuleGraphs,
  type SourceGraph,
} from "./module_graph.ts";
import { distrustEdited } from "./parsed_files.ts";
import { type BatchContent, type BuiltSource, writeSidecar } from "./sidecar.ts";
import { realPath, sourceKey, sourcePath } from "./source_key.ts";

/** What building needs. */
export interface BuildSettings {
  readonly repositoryRoot: string;
  readonly files: FileTable;
  readonly worker: Omit<IndexWorkerSettings, "readable">;
  /** Batches of the same bundle folder whose libraries may be used, the preferred ones first. */
  readonly lenders: readonly LendingBatch[];
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
export interface BuiltBatch extends LendingBatch {
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
    const content = group.shippedIn === undefined
      ? await buildInto(settings, withoutLinks(settings, group), folder)
      : await timed(settings.trace, "index", () => shippedInto(settings, group, folder));
    writeSidecar(folder, content);
    return { folder: publish(folder), ...content };
  } catch (thrown) {
    Deno.removeSync(folder, { recursive: true });
    throw thrown;
  }
}

async function shippedInto(
  { repositoryRoot, files, worker }: BuildSettings,
  { sources, shippedIn }: BuildGroup,
  folder: string,
): Promise<BatchContent> {
  const reading = { ...worker, readable: [shippedIn!] };
  const indexed = await indexShipped({ repositoryRoot, files, worker: reading }, sources, folder);
  return { sources: indexed, libraries: [], requires: [] };
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
): Promise<BatchContent> {
  // Before their texts are read, so that an edit in between is noticed.
  await Promise.all(group.sources.map(({ key }) => settings.files.look(key)));
  const texts = await Promise.all(
    group.sources.map(({ path, root }) => readSourceText(path, root.folder)),
  );
  const entries = group.sources.filter((_, index) => texts[index]!.isEntryPoint);
  await using worker = entries.length === 0 ? undefined : prepareWorker(settings, folder);
  const graphs = await readGraphs(settings, group.project, entries, folder);
  const claims = texts.map((text) => text.claims);
  const begun = await draftSources(settings, group, claims, graphs.entries);
  const plan = await planBundling(settings, group.project, graphs);
  worker?.preload([...lentModules(plan.borrowed).values()].map((path) => toFileUrl(path).href));
  const bundles = await bundle(settings, group.project, plan, folder);
  const drafts = await lookedAtAgain(settings.files, begun);
  const libraries = await draftLibraries(settings, group.project, plan.libraries, bundles.made);
  const toIndex = entries.filter(({ path }) => bundles.made.has(path));
  const answers = await timed(
    settings.trace,
    "index",
    () => indexEntries(settings, { folder, entries: toIndex, bundles: bundles.made, worker }),
    (found) => `${found.length} bundles`,
  );
  const answerOf = new Map(toIndex.map(({ path }, index) => [path, answers[index]!]));
  const sources = group.sources.map(({ path }, index): BuiltSource => {
    const draft = drafts[index]!;
    const failure = bundles.failures.get(path);
    const answer = answerOf.get(path);
    if (failure !== undefined) return { ...draft, ...failure, state: "broken" };
    if (answer === undefined) return draft;
    return finished(draft, bundles.made.get(path)!, answer);
  });
  const requires = plan.borrowed === undefined ? [] : foldersOf(plan.borrowed.batch);
  return { sources, libraries, requires };
}

/** Starts loading what indexing needs while the bundler runs. It may read whatever may be borrowed. */
function prepareWorker({ worker, lenders }: BuildSettings, folder: string): PreparedWorker {
  const lending = lenders.filter(({ libraries }) => libraries.length > 0).flatMap(foldersOf);
  return new PreparedWorker({ ...worker, readable: [...new Set([folder, ...lending])] });
}

/** Everything that code of a batch is imported from. */
function foldersOf({ folder, requires }: LendingBatch): string[] {
  return [folder, ...requires];
}

async function readGraphs(
  { repositoryRoot, files, trace, progress }: BuildSettings,
  project: DenoProject,
  entries: readonly DiscoveredFile[],
  folder: string,
): Promise<ModuleGraphs> {
  if (entries.length === 0) return NO_GRAPHS;
  progress?.show({ phase: "module graph" });
  const rootFile = join(folder, "_root.ts");
  const begin = Date.now();
  const graphs = await timed(
    trace,
    "module graph",
    () => readModuleGraphs(project, entries.map(({ path }) => path), rootFile),
  );
  Deno.removeSync(rootFile);
  distrustEdited({ repositoryRoot, files }, graphs.sizes, begin);
  return graphs;
}

/** What is bundled, and what is not. */
interface BundlingPlan {
  /** Absolute path → graph of the sources. */
  readonly sources: ReadonlyMap<string, SourceGraph>;
  /** The same of local modules that are to be importable beside them. */
  readonly libraries: ReadonlyMap<string, SourceGraph>;
  readonly borrowed: BorrowedLibraries | undefined;
}

async function planBundling(
  settings: BuildSettings,
  project: DenoProject,
  graphs: ModuleGraphs,
): Promise<BundlingPlan> {
  const sources = new Map([...graphs.entries].filter(([, { error }]) => error === undefined));
  const entries = [...sources.keys()];
  const borrowed = await borrowLibraries(settings, project, graphs, entries);
  const libraries = ownLibraries(project, graphs, entries, borrowed);
  return {
    sources,
    libraries: new Map(libraries.map((path) => [path, graphs.graphOf(path)])),
    borrowed,
  };
}

/** What became of the plan. */
interface Bundles {
  /** Absolute path of a source or library → its module, relative to the batch folder. */
  readonly made: ReadonlyMap<string, string>;
  readonly failures: ReadonlyMap<string, BundleFailure>;
}

async function bundle(
  { trace, progress }: BuildSettings,
  project: DenoProject,
  { sources, libraries, borrowed }: BundlingPlan,
  outputFolder: string,
): Promise<Bundles> {
  progress?.show({ phase: "bundle" });
  const graphs = new Map([...sources, ...libraries]);
  const lent = lentModules(borrowed);
  const zodSpecifiers = [...new Set([...graphs.values()].flatMap((graph) => graph.zodSpecifiers))];
  // Loaded while the bundler runs.
  const zod = zodSpecifiers.length === 0 ? undefined : import("zod");
  const { bundles, failures } = await timed(
    trace,
    "bundle",
    () => bundleBatch({ project, graphs, outputFolder, external: [...lent.keys()] }),
    ({ bundles }) => `${bundles.size} modules`,
  );
  await linkBundles({ project, folder: outputFolder, zodSpecifiers, zod: await zod, lent });
  return { made: bundles, failures };
}

async function indexEntries(
  { worker, progress }: BuildSettings,
  { folder, entries, bundles, worker: prepared }: {
    readonly folder: string;
    readonly entries: readonly DiscoveredFile[];
    readonly bundles: ReadonlyMap<string, string>;
    readonly worker: PreparedWorker | undefined;
  },
): Promise<IndexAnswer[]> {
  if (prepared === undefined) return [];
  const show = (done: number) => progress?.show({ phase: "index", done, total: entries.length });
  let done = 0;
  show(done);
  return await indexBundles(
    { ...worker, readable: prepared.readable, prepared },
    entries.map(({ path, root }) => ({
      url: toFileUrl(join(folder, bundles.get(path)!)).href,
      kinds: kindsOfFolder(root.folder).map(({ kind }) => kind),
    })),
    () => show(++done),
  );
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
