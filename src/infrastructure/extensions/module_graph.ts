import { fromFileUrl, toFileUrl } from "@std/path";
import { errorText, isTransientFailure } from "./failure.ts";
import { denoCommand, type DenoProject } from "./deno_command.ts";

/** What a source imports, as far as it matters for its bundle. */
export interface SourceGraph {
  /** Absolute paths of local files, itself not included; files that are missing are listed too. */
  readonly imports: readonly string[];
  /** Specifiers of zod 4 anywhere among them, exactly as written. */
  readonly zodSpecifiers: readonly string[];
  /** The first thing that cannot be parsed or resolved. */
  readonly error?: string;
  /** Whether that may go away by itself. */
  readonly transient: boolean;
}

interface InfoModule {
  readonly specifier: string;
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
}

/**
 * The module graphs of many sources, read by one `deno info`. It parses every module, so words in
 * comments and strings are never taken for imports, and it names each file that is broken, so that
 * a bundler never sees it. What stops `deno info` itself, such as a damaged `deno.json`, is an error
 * of every entry.
 *
 * @param entries absolute paths
 * @param rootFile absolute path of a file that may be written, imported by nobody
 * @returns one graph for each entry
 */
export async function readModuleGraphs(
  project: DenoProject,
  entries: readonly string[],
  rootFile: string,
): Promise<Map<string, SourceGraph>> {
  const lines = entries.map((entry) => `import ${JSON.stringify(toFileUrl(entry).href)};`);
  Deno.writeTextFileSync(rootFile, lines.join("\n"));
  const { success, stdout, stderr } = await denoCommand(project, [
    "info",
    "--json",
    "--allow-import",
    rootFile,
  ]);
  if (!success) {
    const graph = withoutGraph(project, errorText(stderr));
    return new Map(entries.map((entry) => [entry, graph]));
  }
  const info = JSON.parse(stdout) as Info;
  const modules = new Map(info.modules.map((module) => [module.specifier, module]));
  const find = (specifier: string) => modules.get(info.redirects?.[specifier] ?? specifier);
  return new Map(entries.map((entry) => [entry, graphOf(toFileUrl(entry).href, find)]));
}

/** The graph of an entry of which nothing is known but an error, most likely one of its project. */
function withoutGraph({ configuration }: DenoProject, text: string): SourceGraph {
  const place = configuration === "" ? "" : `${configuration}: `;
  const error = place + text.replace(/^error: /, "");
  return { imports: [], zodSpecifiers: [], error, transient: isTransientFailure(error) };
}

function graphOf(
  entry: string,
  find: (specifier: string) => InfoModule | undefined,
): SourceGraph {
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
    imports: [...seen].filter((specifier) => specifier.startsWith("file:")).map((specifier) =>
      fromFileUrl(specifier)
    ).sort(),
    zodSpecifiers: [...zodSpecifiers],
    ...(error === undefined ? {} : { error }),
    transient: error !== undefined && isTransientFailure(error),
  };
}

/** The files that would be taken for a local module that is missing, were they there. */
function otherSpellings(specifier: string): string[] {
  if (!specifier.startsWith("file:")) return [];
  return [`${specifier}.ts`, specifier.replace(/\.js$/, ".ts"), `${specifier}/index.ts`];
}

/** Whether a resolved import means the zod that swamp shares: version 4, as `zod` or `zod/v4`. */
function isSharedZod(resolved: string, npmPackage: string | undefined): boolean {
  return npmPackage !== undefined && /^zod@4\./.test(npmPackage) &&
    /^npm:\/?zod(@[^/]+)?(\/v4)?\/?$/.test(resolved);
}
