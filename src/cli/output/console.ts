import type { Failure } from "./failure.ts";
import type { Output } from "./output.ts";

/** The output of a whole invocation: what commands print, and how the invocation failed. */
export interface Console extends Output {
  /** Tells why the command failed. */
  fail(failure: Failure): void;
}
