import type { ExecutionRequest } from "../../domain/drivers/execution_driver.ts";
import { IN_PROCESS } from "../../domain/drivers/driver_selection.ts";
import { BUILT_IN_MODELS } from "../../domain/models/builtin/mod.ts";
import type { MethodInput } from "../runs/method_execution.ts";
import type { MethodRun } from "../runs/method_run.ts";

/**
 * What a driver is told of one call of a method (contract: authoring 1.4).
 *
 * @param bundle gives the code of a type for methods that run elsewhere.
 */
export async function executionRequest(
  run: MethodRun,
  { args, resolvedGlobalArgs, unresolvedGlobalArgs }: MethodInput,
  bundle: (type: string) => Promise<Uint8Array>,
): Promise<ExecutionRequest> {
  const { type, definition: { id, name, version, tags }, methodName, driver } = run;
  const isElsewhere = driver.type !== IN_PROCESS && !isBuiltInMethod(type.type, methodName);
  return {
    protocolVersion: 1,
    modelType: type.type,
    modelId: id,
    methodName,
    globalArgs: resolvedGlobalArgs,
    unresolvedGlobalArgs,
    methodArgs: args,
    definitionMeta: { id, name, version, tags },
    resourceSpecs: mapped(
      type.resources,
      ({ description }) => description === undefined ? {} : { description },
    ),
    fileSpecs: mapped(type.files, ({ contentType }) => ({ contentType })),
    ...(isElsewhere ? { bundle: await bundle(type.type) } : {}),
    traceHeaders: {},
  };
}

/** Extensions may add methods to a type that is part of swamp. */
function isBuiltInMethod(type: string, methodName: string): boolean {
  return BUILT_IN_MODELS.some(({ descriptor }) =>
    descriptor.type === type && descriptor.methods.some(({ name }) => name === methodName)
  );
}

function mapped<T, R>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
