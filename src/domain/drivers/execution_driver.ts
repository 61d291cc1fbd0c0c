/**
 * The protocol between swamp and whatever runs methods for it (contract: authoring 1.4).
 *
 * @module
 */
import type { DataOverrides } from "../models/method_context.ts";
import type { DataHandle } from "../models/model_type.ts";
import type { LogLevel } from "../repository/settings.ts";
import type { RunAccess } from "./run_access.ts";

/** One call of a method. */
export interface ExecutionRequest {
  readonly protocolVersion: 1;
  /** Normalised. */
  readonly modelType: string;
  /** Id of the definition. */
  readonly modelId: string;
  readonly methodName: string;
  /** Evaluated and validated, with defaults and secrets; without what has no value. */
  readonly globalArgs: Readonly<Record<string, unknown>>;
  /** Global arguments without a value, and the error that reading them must be. */
  readonly unresolvedGlobalArgs: Readonly<Record<string, string>>;
  /** Evaluated, converted and validated, with defaults and secrets. */
  readonly methodArgs: Readonly<Record<string, unknown>>;
  readonly definitionMeta: {
    readonly id: string;
    readonly name: string;
    readonly version: number;
    readonly tags: Readonly<Record<string, string>>;
  };
  readonly resourceSpecs: Readonly<Record<string, { readonly description?: string }>>;
  readonly fileSpecs: Readonly<Record<string, { readonly contentType: string }>>;
  /**
   * JavaScript module that needs nothing else and exports `model`, extensions of the type merged in.
   * Absent for methods that are part of swamp.
   */
  readonly bundle?: Uint8Array;
  /** W3C trace context. */
  readonly traceHeaders: Readonly<Record<string, string>>;
}

/** What a driver may call while it executes. */
export interface ExecutionCallbacks {
  /** Shows a line at once; at level `info` unless told. */
  onLog(line: string, level?: LogLevel): void;
  /** Tells of data that the driver has stored itself. */
  onResourceWritten(handle: DataHandle): void;
  /** Aborted when the run is cancelled; the driver then has three seconds to stop what it started. */
  readonly signal: AbortSignal;
}

/** Data that swamp is to store. */
export interface PendingOutput {
  readonly kind: "pending";
  readonly specName: string;
  readonly name: string;
  readonly type: "resource" | "file";
  readonly content: Uint8Array;
  /** Goes with the text of a resource that is no JSON map. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** What the method said about lifetime and the like. */
  readonly overrides?: DataOverrides;
}

/** Data that is stored already. */
export interface PersistedOutput {
  readonly kind: "persisted";
  readonly handle: DataHandle;
}

/** Something that a method wrote. */
export type ExecutionOutput = PendingOutput | PersistedOutput;

/** How a call ended. */
export interface ExecutionResult {
  readonly status: "success" | "error";
  readonly error?: string;
  /** Where the error comes from, if that is known. */
  readonly stack?: string;
  /** In the order in which they were written; those of a call that failed count too. */
  readonly outputs: readonly ExecutionOutput[];
  /** Positions of the outputs that the method named in its result; all of them unless told. */
  readonly returned?: readonly number[];
  /** Lines of output; shown only where none went to {@linkcode ExecutionCallbacks.onLog}. */
  readonly logs: readonly string[];
  readonly durationMs: number;
  /** What is to run next, as a method returns it. */
  readonly followUpActions?: readonly unknown[];
}

/** What a driver type makes of a config. */
export interface ExecutionDriver {
  readonly type: string;
  /** Called once before the first call. */
  initialize?(): Promise<void>;
  /**
   * Runs a method.
   *
   * @param access what built-in drivers are given beside the protocol.
   */
  execute(
    request: ExecutionRequest,
    callbacks: ExecutionCallbacks,
    access: RunAccess,
  ): Promise<ExecutionResult>;
  /** Called once after the last call, however that ended. */
  shutdown?(): Promise<void>;
}
