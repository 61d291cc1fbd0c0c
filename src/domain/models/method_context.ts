import type { SecretTokens } from "../expressions/secret_tokens.ts";
import type { DataHandle } from "./model_type.ts";

/** Logger that methods get (contract: authoring 2.3): text with `{placeholders}`, or a template. */
export interface MethodLogger {
  readonly category: readonly string[];
  trace(text: string | TemplateStringsArray, ...values: unknown[]): void;
  debug(text: string | TemplateStringsArray, ...values: unknown[]): void;
  info(text: string | TemplateStringsArray, ...values: unknown[]): void;
  warn(text: string | TemplateStringsArray, ...values: unknown[]): void;
  warning(text: string | TemplateStringsArray, ...values: unknown[]): void;
  error(text: string | TemplateStringsArray, ...values: unknown[]): void;
  fatal(text: string | TemplateStringsArray, ...values: unknown[]): void;
  with(properties: Record<string, unknown>): MethodLogger;
  getChild(name: string | readonly string[]): MethodLogger;
}

/** Overrides of a spec's settings for one piece of data. */
export interface DataOverrides {
  readonly contentType?: string;
  readonly lifetime?: string;
  readonly garbageCollection?: number | string;
  readonly streaming?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Writer of one version of a file (contract: authoring 3.4). */
export interface DataWriter {
  readonly dataId: string;
  readonly name: string;
  writeAll(bytes: Uint8Array): Promise<DataHandle>;
  writeText(text: string): Promise<DataHandle>;
  writeStream(
    readable: ReadableStream<Uint8Array>,
    options?: { onLine?: (line: string) => void },
  ): Promise<DataHandle>;
  writeLine(line: string): Promise<void>;
  getFilePath(): Promise<string>;
  finalize(): Promise<DataHandle>;
}

/** A type name as methods see it; accepted everywhere a type is expected. */
export interface ModelTypeReference {
  readonly raw: string;
  readonly normalized: string;
  toNormalized(): string;
  toDirectoryPath(): string;
  toString(): string;
  equals(other: { normalized: string }): boolean;
}

/** A line of process output, or another event that a method reports while it runs. */
export interface MethodEvent {
  readonly type: "output";
  readonly stream: "stdout" | "stderr";
  readonly line: string;
}

/** The vaults of the repository as methods see them; what they give is redacted everywhere. */
export interface MethodVaults {
  get(vault: string, key: string): Promise<string>;
  put(vault: string, key: string, value: string): Promise<void>;
  /** The keys in a vault. */
  list(vault: string): Promise<readonly string[]>;
  /** The names of all configured vaults, the oldest first; read when asked. */
  getVaultNames(): string[];
}

/** What takes secrets out of texts. */
export interface MethodRedactor {
  /** Ignored for a text of fewer than three characters. */
  addSecret(text: string): void;
  redact(text: string): string;
  readonly hasSecrets: boolean;
}

/** What a method's `execute` gets as its second parameter (contract: authoring 2.1). */
export interface MethodContext {
  readonly signal: AbortSignal;
  /** Absolute path of the repository. */
  readonly repoDir: string;
  readonly modelType: ModelTypeReference;
  /** Id of the definition. */
  readonly modelId: string;
  readonly globalArgs: Record<string, unknown>;
  readonly definition: {
    readonly id: string;
    readonly name: string;
    readonly version: number;
    readonly tags: Readonly<Record<string, string>>;
  };
  readonly methodName: string;
  readonly logger: MethodLogger;
  writeResource(
    specName: string,
    name: string,
    data: unknown,
    overrides?: DataOverrides,
  ): Promise<DataHandle>;
  createFileWriter(specName: string, name: string, overrides?: DataOverrides): DataWriter;
  readResource(name: string, version?: number): Promise<Record<string, unknown> | null>;
  /** Latest version of every living item of another model; empty for an unknown one. */
  readModelData(modelName: string, specName?: string): Promise<readonly unknown[]>;
  /**
   * Records for which a CEL predicate over their fields is true, or what `select` makes of them; at most
   * a hundred.
   */
  queryData(predicate: string, select?: string): Promise<readonly unknown[]>;
  readonly dataRepository: unknown;
  readonly definitionRepository: unknown;
  readonly driver: string;
  /** Absent where the driver has none. */
  readonly driverConfig?: Readonly<Record<string, unknown>>;
  /** `--tag` of the command line. */
  readonly runtimeTags?: Readonly<Record<string, string>>;
  /** Arguments before validation, with tokens for secrets. */
  readonly unresolvedMethodArgs: Readonly<Record<string, unknown>>;
  /** The secrets behind those tokens; not for authors. */
  readonly vaultSecrets: SecretTokens;
  readonly vaultService: MethodVaults;
  /** `--skip-checks` of the command line. */
  readonly skipAllChecks: boolean;
  /** `--skip-check` of the command line. */
  readonly skipCheckNames: readonly string[];
  /** `--skip-check-label` of the command line. */
  readonly skipCheckLabels: readonly string[];
  readonly redactor: MethodRedactor;
  onEvent(event: MethodEvent): void;
}
