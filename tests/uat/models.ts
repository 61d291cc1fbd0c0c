/**
 * Models to test with, made through the command line.
 *
 * @module
 */
import { type Place, succeeds } from "./outcomes.ts";
import type { Run } from "./swamp.ts";

/** Creates a model and gives the document of `model create`. */
export function createModel(
  place: Place,
  type: string,
  name: string,
  globalArguments: Readonly<Record<string, string | number>> = {},
): Promise<Run["json"]> {
  const pairs = Object.entries(globalArguments)
    .flatMap(([key, value]) => ["--global-arg", `${key}=${value}`]);
  return succeeds(place, ["model", "create", type, name, ...pairs]);
}

/** Arguments of a method run whose inputs are typed values. */
export function runArgs(
  model: string,
  method: string,
  inputs: Readonly<Record<string, unknown>> = {},
): string[] {
  return ["model", "method", "run", model, method, "--input", JSON.stringify(inputs)];
}

/** Runs a method that must succeed and gives the document of `model method run`. */
export function runMethod(
  place: Place,
  model: string,
  method: string,
  inputs: Readonly<Record<string, unknown>> = {},
  flags: readonly string[] = [],
): Promise<Run["json"]> {
  return succeeds(place, [...runArgs(model, method, inputs), ...flags]);
}

/** The content of a model's data, the latest version unless told. */
export async function dataContent(
  place: Place,
  model: string,
  name: string,
  version?: number,
): Promise<Run["json"]> {
  const flags = version === undefined ? [] : ["--version", String(version)];
  const { content } = await succeeds(place, ["data", "get", model, name, ...flags]);
  return content;
}
