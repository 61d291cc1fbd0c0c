import { BUILT_IN_MODELS } from "../../domain/models/builtin/mod.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import type { RepositorySettings } from "../../domain/repository/settings.ts";
import type { Trace } from "../../domain/trace.ts";
import { CatalogTypes } from "./catalog_types.ts";
import { type IndexSettings, openExtensionIndex } from "./extension_index.ts";
import type { IndexWorkerSettings } from "./index_process.ts";
import { modelBehavior } from "./model_behavior.ts";

/** What opening the model types needs from the command line's frame. */
export interface OpenModelTypesOptions {
  /** The repository, `undefined` outside one: then there are only built-ins. */
  readonly repository?:
    | { readonly root: string; readonly settings: RepositorySettings }
    | undefined;
  /** A normalised type, when the command needs just this one. */
  readonly onlyType?: string | undefined;
  /** Reads an environment variable. */
  readonly variable: (name: string) => string | undefined;
  /** One line for the user, on stderr: something is wrong, but the command goes on. */
  readonly warn: (message: string) => void;
  /** One line for the user, on stderr: what takes so long. */
  readonly notice: (message: string) => void;
  readonly trace: Trace;
}

/** Milliseconds that the top-level code of one source may take; `SWAMP_IMPORT_LIMIT` overrides it. */
const IMPORT_LIMIT = 10_000;

/** The model types of a repository, refreshed against the disk. */
export async function openModelTypes(options: OpenModelTypesOptions): Promise<ModelTypes> {
  const { repository, warn, trace } = options;
  const behavior = modelBehavior({ repositoryRoot: repository?.root ?? "", warn, trace });
  const common = { behavior, builtIns: BUILT_IN_MODELS };
  if (repository === undefined) return new CatalogTypes(common);
  const index = indexSettings(options, repository);
  return new CatalogTypes({
    ...common,
    catalog: await openExtensionIndex(index, { onlyType: options.onlyType }),
    rebuild: () => openExtensionIndex(index, { checkBundles: true }),
  });
}

function indexSettings(
  { variable, warn, notice, trace }: OpenModelTypesOptions,
  repository: { readonly root: string; readonly settings: RepositorySettings },
): IndexSettings {
  return {
    repositoryRoot: repository.root,
    settings: repository.settings,
    variable,
    builtIn: (kind, type) =>
      kind === "model" && BUILT_IN_MODELS.some(({ descriptor }) => descriptor.type === type),
    worker: () => workerSettings(variable),
    warn,
    notice,
    trace,
  };
}

async function workerSettings(
  variable: (name: string) => string | undefined,
): Promise<Omit<IndexWorkerSettings, "readable">> {
  const [{ denoExecutable }, { programFile }] = await Promise.all([
    import("../runtime/deno_executable.ts"),
    import("../runtime/program_files.ts"),
  ]);
  const [deno, program] = await Promise.all([denoExecutable(), programFile("index_worker")]);
  return {
    deno,
    program: program.path,
    programArguments: program.configArguments,
    importLimit: Number(variable("SWAMP_IMPORT_LIMIT")) || IMPORT_LIMIT,
  };
}
