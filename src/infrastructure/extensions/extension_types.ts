import type { BuiltIn, ExtensionTypes } from "../../domain/extensions/extension_types.ts";
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import { BUILT_IN_PROVIDERS, type ProviderTypes } from "../../domain/extensions/provider_types.ts";
import type { RefreshReport } from "../../domain/extensions/refresh_report.ts";
import type { ProviderKind } from "../../domain/extensions/shapes/provider_shape.ts";
import { TypeRegistry } from "../../domain/extensions/type_registry.ts";
import { BUILT_IN_MODELS } from "../../domain/models/builtin/mod.ts";
import type { ModelRegistry, ModelTypes } from "../../domain/models/model_types.ts";
import type { ProgressDisplay } from "../../domain/progress.ts";
import type { RepositorySettings } from "../../domain/repository/settings.ts";
import type { Trace } from "../../domain/trace.ts";
import { CatalogTypes, type Described, type KindBehavior } from "./catalog_types.ts";
import { type IndexSettings, openExtensionIndex } from "./extension_index.ts";
import type { IndexWorkerSettings } from "./index_worker_process.ts";
import type { LoadSettings } from "./import_bundle.ts";
import { modelBehavior } from "./model_behavior.ts";
import { providerBehavior } from "./provider_behavior.ts";

/** What opening the types of a kind needs from the command line's frame. */
export interface OpenTypesOptions {
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
  /** Told what a refresh is about to do, and what it did. */
  readonly report?: ((report: RefreshReport) => void) | undefined;
  /** Called when a refresh begins; what it gives is disposed of when the refresh ends. */
  readonly progress?: (() => ProgressDisplay) | undefined;
  /** Called before code is imported: keeps what it prints away from stdout where that is a document's. */
  readonly guardStdout?: (() => Promise<unknown>) | undefined;
}

/** Milliseconds that the top-level code of one source may take; `SWAMP_IMPORT_LIMIT` overrides it. */
const IMPORT_LIMIT = 10_000;

/** The model types of a repository, refreshed against the disk. */
export function openModelTypes(options: OpenTypesOptions): Promise<ModelTypes> {
  const registry: ModelRegistry = new TypeRegistry();
  return openTypes(options, modelBehavior(loadSettings(options)), registry, BUILT_IN_MODELS);
}

/** The types of another kind, refreshed in the same way. */
export function openProviderTypes(
  kind: ProviderKind,
  options: OpenTypesOptions,
): Promise<ProviderTypes> {
  const behavior = providerBehavior(kind, loadSettings(options));
  return openTypes(options, behavior, new TypeRegistry(), BUILT_IN_PROVIDERS[kind]);
}

async function openTypes<T extends object, D extends Described>(
  options: OpenTypesOptions,
  behavior: KindBehavior<T, D>,
  registry: TypeRegistry<T, D>,
  builtIns: readonly BuiltIn<T, D>[],
): Promise<ExtensionTypes<T, D>> {
  if (options.repository === undefined) return new CatalogTypes({ behavior, registry, builtIns });
  const index = indexSettings(options, options.repository);
  return new CatalogTypes({
    behavior,
    registry,
    builtIns,
    catalog: await openExtensionIndex(index, { onlyType: options.onlyType }),
    rebuild: () => openExtensionIndex(index, { checkBundles: true }),
  });
}

function loadSettings(
  { repository, warn, trace, guardStdout }: OpenTypesOptions,
): LoadSettings {
  return { repositoryRoot: repository?.root ?? "", warn, trace, guardStdout };
}

/** Whether a type of a kind is built in. */
function isBuiltIn(kind: ExtensionKind, type: string): boolean {
  if (kind === "extension") return false;
  const builtIns: readonly { readonly descriptor: Described }[] = kind === "model"
    ? BUILT_IN_MODELS
    : BUILT_IN_PROVIDERS[kind];
  return builtIns.some(({ descriptor }) => descriptor.type === type);
}

/** How the index of a repository is opened. */
export function indexSettings(
  { variable, warn, notice, trace, report, progress }: OpenTypesOptions,
  repository: { readonly root: string; readonly settings: RepositorySettings },
): IndexSettings {
  return {
    repositoryRoot: repository.root,
    settings: repository.settings,
    variable,
    builtIn: isBuiltIn,
    worker: () => workerSettings(variable),
    warn,
    notice,
    trace,
    report,
    progress,
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
