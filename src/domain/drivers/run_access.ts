import type { SecretTokens } from "../expressions/secret_tokens.ts";
import type { ExecutionResult } from "./execution_driver.ts";

/** A name in the data of the model that runs, for methods that run elsewhere. */
export interface OwnData {
  readonly name: string;
  /** In ascending order; the last one is the latest. */
  readonly versions: readonly OwnVersion[];
  /** The latest version as `readResource` gives it, where that is not what is stored. */
  readonly resolved?: Readonly<Record<string, unknown>>;
  /** Why `readResource` cannot give the latest version. */
  readonly unreadable?: string;
}

/** One version of own data. */
export interface OwnVersion {
  /** As extension code sees it, with times as text. */
  readonly view: Readonly<Record<string, unknown>>;
  /** Absolute path of the content. */
  readonly contentPath: string;
}

/** What the built-in drivers may do with a run. */
export interface RunAccess {
  /** Runs the method in swamp itself. */
  runHere(): Promise<ExecutionResult>;
  /** Arguments of the method before validation, with tokens for secrets. */
  readonly unresolvedMethodArgs: Readonly<Record<string, unknown>>;
  /** The secrets behind those tokens. */
  readonly secrets: SecretTokens;
  /** A text without the secrets of the run. */
  redact(text: string): string;
  /** All data of the model that runs. */
  ownData(): Promise<readonly OwnData[]>;
  /** `--tag` of the command line. */
  readonly runtimeTags: Readonly<Record<string, string>>;
}
