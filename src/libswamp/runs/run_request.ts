import type { DriverLevel } from "../../domain/drivers/driver_selection.ts";
import type { DataCatalog } from "../../domain/data/data_catalog.ts";
import type { DataStore } from "../../domain/data/data_store.ts";
import type { Tags } from "../../domain/data/tags.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import type { RunStore } from "../../domain/models/run_record.ts";
import type { Redactor } from "../../domain/redactor.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import type { ReportFilter } from "../../domain/reports/report_selection.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import type { ReportTypesSource } from "../reports/report_types.ts";
import type { DriverSources } from "../drivers/driver_sources.ts";
import type { CheckFilter } from "./preflight_checks.ts";
import type { RunLogSinks } from "./run_log.ts";

/** What to run. */
export interface RunMethodRequest {
  /** Name or id of the definition. */
  readonly model: string;
  readonly method: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Tags for all data that the run writes. */
  readonly tags: Tags;
  /** Use the definition as it was last evaluated. */
  readonly lastEvaluated: boolean;
  readonly checks: CheckFilter;
  readonly reports: ReportFilter;
  /** What says more than the definition about how the method is executed, the strongest first. */
  readonly driverLevels?: readonly DriverLevel[];
}

/** What a run needs. */
export interface RunMethodDependencies {
  /** Absolute path of the repository. */
  readonly repoDir: string;
  readonly definitions: DefinitionStore;
  readonly modelTypes: (type: string) => Promise<ModelTypes>;
  /** Asked for when somebody names a report that is not built in. */
  readonly reportTypes: ReportTypesSource;
  readonly drivers: DriverSources;
  readonly data: DataStore;
  /** Opens what finds data of all models; whoever asks for it disposes of it. */
  readonly openCatalog: () => Promise<DataCatalog>;
  readonly runs: RunStore;
  readonly locks: Locks;
  /** Asked for when an expression, or the method, wants a secret. */
  readonly openVaults: () => Promise<VaultService>;
  /** Reads the names of all configured vaults, for methods that ask without waiting. */
  readonly vaultNames: () => readonly string[];
  /** All environment variables, for expressions. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** Told of every secret that the run sees; whoever shows something of the run asks it. */
  readonly redactor: Redactor;
  readonly log: RunLogSinks;
  /** Has everything that extension code prints from now on also given to `note`. */
  readonly watchConsole: (note: (text: string) => void) => void;
  /** Asked for once the run holds its lock; aborting it cancels the run. */
  readonly signal: () => AbortSignal;
  /** This process, for the record of the run. */
  readonly process: { readonly pid: number; readonly hostname: string };
}
