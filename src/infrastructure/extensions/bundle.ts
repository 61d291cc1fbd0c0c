import { common, dirname, fromFileUrl, join, relative, toFileUrl } from "@std/path";
import { type CommandResult, denoCommand, type DenoProject } from "./deno_command.ts";
import { errorText, isTransientFailure } from "./failure.ts";
import type { SourceGraph } from "./module_graph.ts";
import { realPath } from "./source_key.ts";

/** A source that cannot be bundled. */
export interface BundleFailure {
  readonly error: string;
  readonly transient: boolean;
}

/** What to bundle, and where to. */
export interface BundleSettings {
  readonly project: DenoProject;
  /** Absolute path → graph of each source. */
  readonly graphs: ReadonlyMap<string, SourceGraph>;
  /** Absolute path of an existing, empty folder. */
  readonly outputFolder: string;
  /** Absolute paths, without symlinks, of local modules that bundles import from where they are. */
  readonly external?: readonly string[];
}

/** What became of a batch. */
export interface BundledBatch {
  /** Entry → bundle, relative to the output folder. */
  readonly bundles: ReadonlyMap<string, string>;
  readonly failures: ReadonlyMap<string, BundleFailure>;
}

/**
 * Bundles many sources at once, with code splitting, so that what they share exists once and the
 * bundler starts once. A file that the bundler refuses takes only those sources down that import it.
 */
export async function bundleBatch(settings: BundleSettings): Promise<BundledBatch> {
  const { graphs } = settings;
  const failures = new Map<string, BundleFailure>();
  const bundles = new Map<string, string>();
  const build = async (entries: readonly string[], folder: string): Promise<void> => {
    if (entries.length === 0) return;
    const result = await runBundler(settings, entries, folder);
    if (result.success) {
      const names = outputNames(entries);
      entries.forEach((entry, index) => bundles.set(entry, join(folder, names[index]!)));
      return;
    }
    const error = errorText(result.stderr);
    // Narrowing down what takes so long would take as long again and again.
    const culprits = result.timedOut ? entries : blamed(error, entries, graphs);
    if (culprits.length > 0) {
      for (const entry of culprits) failures.set(entry, failureOf(error));
      return await build(entries.filter((entry) => !culprits.includes(entry)), `${folder}r`);
    }
    if (entries.length === 1) return void failures.set(entries[0]!, failureOf(error));
    const middle = Math.ceil(entries.length / 2);
    await build(entries.slice(0, middle), `${folder}a`);
    await build(entries.slice(middle), `${folder}b`);
  };
  await build([...graphs.keys()], "m");
  return { bundles, failures };
}

function runBundler(
  { project, graphs, outputFolder, external = [] }: BundleSettings,
  entries: readonly string[],
  folder: string,
): Promise<CommandResult> {
  const zodSpecifiers = entries.flatMap((entry) => graphs.get(entry)!.zodSpecifiers);
  const externals = new Set([...zodSpecifiers, ...external]);
  return denoCommand(project, [
    "bundle",
    "--quiet",
    "--allow-import",
    "--platform=deno",
    "--code-splitting",
    `--outdir=${join(outputFolder, folder)}`,
    ...[...externals].map((specifier) => `--external=${specifier}`),
    ...entries,
  ]);
}

/**
 * Where the bundler puts entries: each at its path below the folder that all of them share, symlinks
 * followed, spelt as in a URL, without the characters that Windows forbids in file names.
 */
function outputNames(entries: readonly string[]): string[] {
  const paths = entries.map(realPath);
  const shared = paths.length === 1
    ? dirname(paths[0]!)
    : common(paths.map(dirname).map(withSlash));
  return paths.map((path) => {
    const { pathname } = toFileUrl(join("/", relative(shared, path)));
    return pathname.slice(1).replace(/\.ts$/, ".js").replaceAll(/[:|]/g, "_");
  });
}

function withSlash(folder: string): string {
  return folder.endsWith("/") ? folder : `${folder}/`;
}

/** The entries that are, or import, a file named by an error's `at file:///…` lines. */
function blamed(
  error: string,
  entries: readonly string[],
  graphs: ReadonlyMap<string, SourceGraph>,
): string[] {
  const files = new Set(
    [...error.matchAll(/file:\/\/\/[^\s"']+?\.[cm]?[jt]sx?(?=[:\s"')]|$)/g)].map(([url]) =>
      fromFileUrl(url)
    ),
  );
  return entries.filter((entry) =>
    [entry, ...graphs.get(entry)!.imports].some((path) =>
      files.has(path) || files.has(realPath(path))
    )
  );
}

function failureOf(error: string): BundleFailure {
  return { error: error.replace(/^error: /, ""), transient: isTransientFailure(error) };
}
