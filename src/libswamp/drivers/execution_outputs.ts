/**
 * From what a driver gives back to data of the run (contract: authoring 1.4).
 *
 * @module
 */
import type {
  ExecutionOutput,
  ExecutionResult,
  PendingOutput,
} from "../../domain/drivers/execution_driver.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import type { DataHandle } from "../../domain/models/model_type.ts";
import { type MethodRun, warn } from "../runs/method_run.ts";
import type { Written } from "../runs/written_data.ts";

/** What became of each output of a result; `undefined` for a handle of data that is not there. */
export type StoredOutputs = readonly (Written | undefined)[];

/**
 * Stores what is not stored yet and notes all of it as written by the run.
 *
 * @throws {UserError} `undeclared_spec` and whatever else writing throws.
 */
export async function storeOutputs(
  run: MethodRun,
  context: MethodContext,
  { outputs }: ExecutionResult,
): Promise<StoredOutputs> {
  const stored: (Written | undefined)[] = [];
  for (const output of outputs) stored.push(await storeOutput(run, context, output));
  return stored;
}

/**
 * Stores what can be stored of a call that failed; the rest are warnings, because why the call failed is
 * what matters.
 */
export async function storeOutputsOfFailure(
  run: MethodRun,
  context: MethodContext,
  { outputs }: ExecutionResult,
): Promise<void> {
  for (const output of outputs) {
    try {
      await storeOutput(run, context, output);
    } catch (error) {
      const { name } = output.kind === "persisted" ? output.handle : output;
      const message = `Output "${name}" could not be stored: ${messageOf(error)}`;
      warn(run, { code: "output_not_stored", message, name });
    }
  }
}

/**
 * The data that a method reports: what it returned, or else everything that it wrote (contract:
 * authoring 2.2).
 *
 * @throws {UserError} `duplicate_data_name` when two of the outputs that were returned have the same name.
 */
export function reportedData(
  run: MethodRun,
  { returned }: ExecutionResult,
  stored: StoredOutputs,
): readonly Written[] {
  if (returned === undefined) return run.written.all;
  const reported = returned.map((position) => stored[position]).filter((one) => one !== undefined);
  requireDifferentNames(reported);
  return reported;
}

/** The outputs of a method that ran in swamp itself: the handles that it returned. */
export function returnedOutputs(returned: unknown): Pick<ExecutionResult, "outputs" | "returned"> {
  const { dataHandles } = (returned ?? {}) as { dataHandles?: unknown };
  if (!Array.isArray(dataHandles) || dataHandles.length === 0) return { outputs: [] };
  const outputs = dataHandles.map((handle): ExecutionOutput => ({ kind: "persisted", handle }));
  return { outputs, returned: outputs.map((_, position) => position) };
}

/**
 * Notes a version that is in the store as written by the run; `undefined` if it is not there.
 *
 * @param handle as code of an extension gives it.
 */
export async function noteWritten(run: MethodRun, handle: unknown): Promise<Written | undefined> {
  if (!isHandle(handle)) return undefined;
  const known = run.written.find(handle);
  if (known !== undefined) return known;
  const stored = await run.data.get(run.scope, handle.name, handle.version);
  if (stored === undefined) return undefined;
  // Somebody else may have noted it meanwhile.
  const meanwhile = run.written.find(handle);
  if (meanwhile !== undefined) return meanwhile;
  const written = { handle, stored };
  run.written.add(written);
  return written;
}

async function storeOutput(
  run: MethodRun,
  context: MethodContext,
  output: ExecutionOutput,
): Promise<Written | undefined> {
  const handle = output.kind === "persisted" ? output.handle : await store(context, output);
  return await noteWritten(run, handle);
}

async function store(
  context: MethodContext,
  { specName, name, type, content: given, metadata, overrides }: PendingOutput,
): Promise<DataHandle> {
  const content: unknown = given;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : given;
  const text = textOf(bytes);
  if (type === "resource") {
    const data = jsonOf(text, metadata !== undefined) ?? {
      ...metadata,
      executedAt: new Date().toISOString(),
      stdout: text ?? new TextDecoder().decode(bytes),
    };
    return await context.writeResource(specName, name, data, overrides);
  }
  const writer = context.createFileWriter(specName, name, overrides);
  return await (text === undefined ? writer.writeAll(bytes) : writer.writeText(text));
}

/** Bytes as text, to the last one; `undefined` if they are none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The JSON in a text; `undefined` if there is none.
 *
 * @param onlyMap whether other values count as text: what a command prints may be JSON by chance.
 */
function jsonOf(text: string | undefined, onlyMap: boolean): unknown {
  try {
    const value: unknown = JSON.parse(text ?? "");
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    return isMap || !onlyMap ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHandle(value: unknown): value is DataHandle {
  const { name, version } = (value ?? {}) as Partial<DataHandle>;
  return typeof name === "string" && typeof version === "number";
}

function requireDifferentNames(reported: readonly Written[]): void {
  const names = new Set<string>();
  for (const { handle: { name } } of reported) {
    if (names.has(name)) {
      throw new UserError(
        "duplicate_data_name",
        `Data output validation failed: Duplicate data instance name '${name}'`,
      );
    }
    names.add(name);
  }
}
