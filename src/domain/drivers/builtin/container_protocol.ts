/**
 * What swamp and the program in a container tell each other.
 *
 * @module
 */
import type { DataOverrides } from "../../models/method_context.ts";
import type { ExecutionRequest } from "../execution_driver.ts";

/** Content of `request.json`. */
export interface ContainerRequest extends Omit<ExecutionRequest, "bundle"> {
  /** Begins every line that is meant for swamp; nothing else can know it. */
  readonly channel: string;
  readonly runtimeTags: Readonly<Record<string, string>>;
  /** Own data of the model. */
  readonly data: readonly ContainerData[];
}

/** A name in the data of the model. */
export interface ContainerData {
  readonly name: string;
  /** In ascending order. */
  readonly versions: readonly ContainerVersion[];
  /** The latest version as `readResource` gives it. */
  readonly resolved?: Readonly<Record<string, unknown>>;
  /** Why `readResource` cannot give it. */
  readonly unreadable?: string;
}

/** One version of it. */
export interface ContainerVersion {
  readonly view: Readonly<Record<string, unknown>>;
  /** Path of the file with the content, relative to the folder of the request. */
  readonly content: string;
}

/** JSON data that a method wrote. */
export interface ContainerResource {
  readonly specName: string;
  readonly name: string;
  readonly data: unknown;
  readonly overrides?: DataOverrides;
  /** Position among everything that was written. */
  readonly index?: number;
}

/** Other data that a method wrote. */
export interface ContainerFile {
  readonly specName: string;
  readonly name: string;
  /** Base64. */
  readonly content: string;
  readonly overrides?: DataOverrides;
  readonly index?: number;
}

/** What became of a method. */
export interface ContainerResult {
  readonly resources: readonly ContainerResource[];
  readonly files: readonly ContainerFile[];
  /** Indexes of the data that the method returned, unless it returned none. */
  readonly returned?: readonly number[];
  readonly followUpActions?: readonly unknown[];
  /** Only if it failed. */
  readonly error?: { readonly message: string; readonly stack?: string };
}
