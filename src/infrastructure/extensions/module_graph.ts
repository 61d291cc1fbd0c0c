import { fromFileUrl, toFileUrl } from "@std/path";
import { errorText, isTransientFailure } from "./failure.ts";
import { denoCommand, type DenoProject } from "./deno_command.ts";

/** What a source imports, as far as it matters for its bundle. */
export interface SourceGraph {
  /** Absolute paths of local files, itself not included; files that are missing are listed too. */
  readonly imports: readonly string[];
  /** Those of them that it imports itself. */
  readonly direct: readonly string[];
  /** Specifiers of zod 4 anywhere among them, exactly as written. */
  readonly zodSpecifiers: readonly string[];
  /** The first thing that cannot be parsed or resolved. */
  readonly error?: string;
  /** Whether that may go away by itself. */
  readonly transient: boolean;
}

/** The module graphs of the sources of one project. */
export interface ModuleGraphs {
  /** Absolute path of an entry → its graph. */
  readonly entries: ReadonlyMap<string, SourceGraph>;
  /** The graph of any local module in them, by its absolute path. */
  graphOf(path: string): SourceGraph;
  /**
   * Everything that is evaluated with some local modules: themselves, other modules by their
   * specifiers, npm packages by name and version. What swamp lends to all, its zod, does not count,
   * and neither does what only a module of `without` leads to, or such a module itself.
   */
  reach(paths: Iterable<string>, without?: ReadonlySet<string>): ReadonlySet<string>;
  /** Number of bytes, as UTF-8 without a byte order mark, of each local module when it was parsed. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Of no source. */
export const NO_GRAPHS: ModuleGraphs = {
  entries: new Map(),
  graphOf: () => EMPTY_GRAPH,
  reach: () => new Set(),
  sizes: new Map(),
};

const EMPTY_GRAPH: SourceGraph = { imports: [], direct: [], zodSpecifiers: [], transient: false };

interface InfoModule {
  readonly specifier: string;
  readonly size?: number;
  readonly error?: string;
  readonly npmPackage?: string;
  readonly dependencies?: readonly {
    readonly specifier: string;
    readonly code?: { readonly specifier?: string; readonly error?: string };
  }[];
}

interface Info {
  readonly modules: readonly InfoModule[];
  readonly redirects?: Readonly<Record<string, string>>;
  readonly npmPackages?: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/**
 * The module graphs of many sources, read by one `deno info`. It parses every module, so words in
 * comments and strings are never taken for imports, and it names each file that is broken, so that
 * a bundler never sees it. What stops `deno info` itself, such as a damaged `deno.json`, is an error
 * of every entry.
 *
 * @param entries absolute paths
 * @param rootFile absolute path of a file that may be written, imported by nobody
 * @returns one graph for each entry, and what else can be told of them
 */
export async function readModuleGraphs(
  project: DenoProject,
  entries: readonly string[],
  rootFile: string,
): Promise<ModuleGraphs> {
  const lines = entries.map((entry) => `import ${JSON.stringify(toFileUrl(entry).href)};`);
  Deno.writeTextFileSync(rootFile, lines.join("\n"));
  const { success, stdout, stderr } = await denoCommand(project, [
    "info",
    "--json",
    "--allow-import",
    // Of a path, Deno takes `#` and `%` for parts of a URL.
    toFileUrl(rootFile).href,
  ]);
  if (!success) {
    const graph = withoutGraph(project, errorText(stderr));
    return { ...NO_GRAPHS, entries: new Map(entries.map((entry) => [entry, graph])) };
  }
  const info = JSON.parse(stdout) as Info;
  const modules = new Map(info.modules.map((module) => [module.specifier, module]));
  const find = (specifier: string) => modules.get(info.redirects?.[specifier] ?? specifier);
  const urlOf = (path: string) => toFileUrl(path).href;
  const graphOf = (path: string) => graphFrom(urlOf(path), find);
  return {
    entries: new Map(entries.map((entry) => [entry, graphOf(entry)])),
    graphOf,
    reach: (paths, without = new Set()) =>
      reachFrom(info, find, [...paths].map(urlOf), new Set([...without].map(urlOf))),
    sizes: new Map(info.modules.flatMap(localSize).filter(([path]) => path !== rootFile)),
  };
}

type Find = (specifier: string) => InfoModule | undefined;

function localSize({ specifier, size }: InfoModule): [string, number][] {
  if (!isLocal(specifier) || size === undefined) return [];
  return [[fromFileUrl(specifier), size]];
}

function isLocal(specifier: string): boolean {
  return specifier.startsWith("file:");
}

/** The graph of an entry of which nothing is known but an error, most likely one of its project. */
function withoutGraph({ configuration }: DenoProject, text: string): SourceGraph {
  const place = configuration === "" ? "" : `${configuration}: `;
  const error = place + text.replace(/^error: /, "");
  return { ...EMPTY_GRAPH, error, transient: isTransientFailure(error) };
}

function graphFrom(entry: string, find: Find): SourceGraph {
  const seen = new Set<string>();
  const zodSpecifiers = new Set<string>();
  let error: string | undefined;
  const queue = [entry];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const module = find(next);
    error ??= module?.error;
    if (module?.error !== undefined) otherSpellings(next).forEach((other) => seen.add(other));
    for (const { specifier, code } of module?.dependencies ?? []) {
      if (code?.error !== undefined) error ??= `${code.error} (imported by ${next})`;
      if (code?.specifier === undefined) continue;
      if (isSharedZod(code.specifier, find(code.specifier)?.npmPackage)) {
        zodSpecifiers.add(specifier);
      }
      queue.push(code.specifier);
    }
  }
  seen.delete(entry);
  return {
    imports: [...seen].filter(isLocal).map((specifier) => fromFileUrl(specifier)).sort(),
    direct: directImports(find(entry)),
    zodSpecifiers: [...zodSpecifiers],
    ...(error === undefined ? {} : { error }),
    transient: error !== undefined && isTransientFailure(error),
  };
}

function directImports(module: InfoModule | undefined): string[] {
  const specifiers = (module?.dependencies ?? []).map(({ code }) => code?.specifier ?? "");
  return [...new Set(specifiers.filter(isLocal))].map((specifier) => fromFileUrl(specifier));
}

function reachFrom(
  { npmPackages = {} }: Info,
  find: Find,
  queue: string[],
  stops: ReadonlySet<string>,
): Set<string> {
  const seen = new Set<string>();
  const addPackage = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    npmPackages[id]?.dependencies?.forEach(addPackage);
  };
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const module = find(next);
    const name = module?.specifier ?? next;
    if (seen.has(name) || stops.has(name) || isSharedZod(next, module?.npmPackage)) continue;
    if (!name.startsWith("node:")) seen.add(name);
    if (module?.npmPackage !== undefined) addPackage(module.npmPackage);
    for (const { code } of module?.dependencies ?? []) {
      if (code?.specifier !== undefined) queue.push(code.specifier);
    }
  }
  return seen;
}

/** The files that would be taken for a local module that is missing, were they there. */
function otherSpellings(specifier: string): string[] {
  if (!isLocal(specifier)) return [];
  return [`${specifier}.ts`, specifier.replace(/\.js$/, ".ts"), `${specifier}/index.ts`];
}

/** Whether a resolved import means the zod that swamp shares: version 4, as `zod` or `zod/v4`. */
function isSharedZod(resolved: string, npmPackage: string | undefined): boolean {
  return npmPackage !== undefined && /^zod@4\./.test(npmPackage) &&
    /^npm:\/?zod(@[^/]+)?(\/v4)?\/?$/.test(resolved);
}
