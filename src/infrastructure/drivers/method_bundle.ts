import { join, toFileUrl } from "@std/path";
import { core } from "zod";
import { UserError } from "../../domain/errors.ts";
import { denoExecutable } from "../runtime/deno_executable.ts";
import { denoCommand, type DenoProject } from "../extensions/deno_command.ts";
import { openExtensionIndex } from "../extensions/extension_index.ts";
import { indexSettings, type OpenTypesOptions } from "../extensions/extension_types.ts";
import { errorText } from "../extensions/failure.ts";
import { ZOD_GLOBAL } from "../extensions/zod_global.ts";
import { sourcePath } from "../extensions/source_key.ts";
import MERGED_MODEL from "./merged_model.js" with { type: "text" };

/** A source of a model type. */
interface MethodSource {
  /** Absolute path. */
  readonly path: string;
  readonly project: DenoProject;
  readonly kind: "model" | "extension";
  /** Whether it is a bundle that an installed package came with, which takes zod from its runtime. */
  readonly isShipped: boolean;
}

/** What a type is made of: its own source, and those that extend it. */
type SourceKind = MethodSource["kind"];

/**
 * The code of a model type as one JavaScript module that needs nothing else, zod included, and that
 * exports `model` with all extensions of the type merged in.
 *
 * @param type normalised; of a built-in one there are only the extensions.
 * @throws {UserError} `cannot_bundle`
 */
export async function bundleMethods(type: string, options: OpenTypesOptions): Promise<Uint8Array> {
  const sources = await sourcesOf(type, options);
  const folder = await Deno.makeTempDir({ prefix: "swamp-bundle-" });
  try {
    const parts = await partsOf(type, sources, folder);
    await Deno.writeTextFile(join(folder, "merged_model.js"), MERGED_MODEL);
    await Deno.writeTextFile(join(folder, "zod_global.js"), zodGlobalSource());
    const entry = join(folder, "entry.js");
    await Deno.writeTextFile(entry, entrySource(parts));
    // Parts that are bundles already need nothing of their projects.
    const project = parts === sources ? sources[0]!.project : withoutConfiguration(sources);
    return await bundle(type, project, entry, join(folder, "bundle.js"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The source of the type itself, if it has one, then those that extend it, in order of precedence. */
async function sourcesOf(type: string, options: OpenTypesOptions): Promise<MethodSource[]> {
  const { repository } = options;
  if (repository === undefined) return [];
  const deno = await denoExecutable();
  using catalog = await openExtensionIndex(indexSettings(options, repository), { onlyType: type });
  const configurations = new Map(
    catalog.sources().map(({ sourcePath, configuration }) => [sourcePath, configuration]),
  );
  const rows = (["model", "extension"] as const).flatMap((kind) =>
    catalog.activeTypes(kind, type).map((row) => ({ ...row, kind }))
  );
  return rows.map(({ kind, sourcePath: key, batch, bundlePath }) => {
    const configuration = configurations.get(key) ?? "";
    const isShipped = !bundlePath.startsWith(`${batch}/`);
    return {
      ...{ kind, isShipped },
      path: sourcePath(repository.root, isShipped ? bundlePath : key),
      project: {
        deno,
        repositoryRoot: repository.root,
        configuration: configuration && sourcePath(repository.root, configuration),
      },
    };
  });
}

/** What to merge: the sources, or where they belong to several projects a bundle of each. */
async function partsOf(
  type: string,
  sources: readonly MethodSource[],
  folder: string,
): Promise<readonly MethodSource[]> {
  const projects = new Set(sources.map(({ project: { configuration } }) => configuration));
  if (projects.size <= 1) return sources;
  return await Promise.all(sources.map(async (source, index) => {
    const path = join(folder, `part${index}.js`);
    await bundle(type, source.project, source.path, path);
    return { ...source, path };
  }));
}

function withoutConfiguration([first]: readonly MethodSource[]): DenoProject {
  return { ...first!.project, configuration: "" };
}

function entrySource(parts: readonly MethodSource[]): string {
  const imports = parts.map(({ path }, index) =>
    `import * as part${index} from ${JSON.stringify(toFileUrl(path).href)};`
  );
  const names = (kind: SourceKind) =>
    parts.flatMap((part, index) => part.kind === kind ? [`part${index}`] : []).join(", ");
  const zod = parts.some(({ isShipped }) => isShipped) ? ['import "./zod_global.js";'] : [];
  return [
    ...zod,
    'import { mergedModel } from "./merged_model.js";',
    ...imports,
    `export const model = mergedModel([${names("model")}], [${names("extension")}]);`,
    "",
  ].join("\n");
}

/** Source of a module that gives shipped bundles the zod that they would find in swamp. */
function zodGlobalSource(): string {
  const { major, minor, patch } = core.version;
  return `import * as zod from "npm:zod@${major}.${minor}.${patch}";\n` +
    `globalThis.${ZOD_GLOBAL} ??= zod;\n`;
}

async function bundle(
  type: string,
  project: DenoProject,
  entry: string,
  output: string,
): Promise<Uint8Array> {
  const { success, stderr } = await denoCommand(project, [
    "bundle",
    "--quiet",
    "--allow-import",
    "--platform=deno",
    `--output=${output}`,
    entry,
  ]);
  if (success) return await Deno.readFile(output);
  throw new UserError(
    "cannot_bundle",
    `The code of type '${type}' cannot be bundled to run elsewhere: ${errorText(stderr)}`,
  );
}
