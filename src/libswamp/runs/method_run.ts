import type { DataCatalog } from "../../domain/data/data_catalog.ts";
import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore } from "../../domain/data/data_store.ts";
import type { Tags } from "../../domain/data/tags.ts";
import type { DriverChoice } from "../../domain/drivers/driver_selection.ts";
import type { SecretTokens } from "../../domain/expressions/secret_tokens.ts";
import type { ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { MethodKind } from "../../domain/models/method_kind.ts";
import type { MethodDefinition, ModelType } from "../../domain/models/model_type.ts";
import type { RunStore } from "../../domain/models/run_record.ts";
import type { Redactor } from "../../domain/redactor.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import type { CheckFilter } from "./preflight_checks.ts";
import type { RunLog } from "./run_log.ts";
import type { WrittenData } from "./written_data.ts";

/** Something that a run's result should tell although the run went on (contract: IMP-40). */
export interface RunWarning {
  /** Stable, in snake_case. */
  readonly code: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** One run of a method on its way: everything that its parts share. */
export interface MethodRun {
  /** Absolute path of the repository. */
  readonly repoDir: string;
  /** The definition as the run sees it: upgraded and evaluated. */
  readonly definition: Definition;
  readonly descriptor: ModelDescriptor;
  readonly type: ModelType;
  readonly methodName: string;
  readonly method: MethodDefinition;
  readonly kind: MethodKind | undefined;
  /** What executes the method; its config holds secrets. */
  readonly driver: DriverChoice;
  readonly scope: DataScope;
  /** `--tag` of the command line. */
  readonly tags: Tags;
  readonly data: DataStore;
  /** Opens what finds data of all models; whoever asks for it disposes of it. */
  readonly openCatalog: () => Promise<DataCatalog>;
  readonly definitions: DefinitionStore;
  readonly runs: RunStore;
  readonly locks: Locks;
  readonly openVaults: () => Promise<VaultService>;
  /** Reads the names of all configured vaults. */
  readonly vaultNames: () => readonly string[];
  /** The checks that the command line leaves out. */
  readonly checks: CheckFilter;
  /** Knows every secret that the run has seen. */
  readonly redactor: Redactor;
  /** The secrets among the arguments. */
  readonly tokens: SecretTokens;
  readonly written: WrittenData;
  readonly log: RunLog;
  /** Filled while the run goes on; use {@linkcode warn}. */
  readonly warnings: RunWarning[];
  readonly signal: AbortSignal;
}

/** Notes a warning in the result and in the log. */
export function warn(run: MethodRun, warning: RunWarning): void {
  run.warnings.push(warning);
  run.log.add("warning", warning.message);
}
