/**
 * Everything that can be found wrong with a run before anything happens.
 *
 * @module
 */
import { reservedNames, type Tags } from "../../domain/data/tags.ts";
import { selectDriver } from "../../domain/drivers/driver_selection.ts";
import { requireDriver } from "../../domain/drivers/driver_types.ts";
import { UserError } from "../../domain/errors.ts";
import type { ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Definition, StoredDefinition } from "../../domain/models/definition.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import type { RunStore } from "../../domain/models/run_record.ts";
import { typeBroken } from "../types/type_errors.ts";
import { upgradedDefinition } from "../models/definition_upgrade.ts";
import { requireMethod } from "../models/describe_method.ts";
import {
  argumentSchema,
  requireKnownArguments,
  storedArgumentWarnings,
} from "../models/method_arguments.ts";
import { isTemplate } from "../../domain/expressions/template.ts";
import { referencedInputs } from "../expressions/input_uses.ts";
import { sortInputs } from "../models/method_inputs.ts";
import type { RunWarning } from "./method_run.ts";
import { requireKnownChecks } from "./preflight_checks.ts";
import type { RunMethodDependencies, RunMethodRequest } from "./run_request.ts";

/** The code that is to run. */
export interface RunTarget {
  readonly type: ModelType;
  readonly descriptor: ModelDescriptor;
}

/** A run that may begin. */
export interface PreparedRun extends RunTarget {
  /** The definition as its file has it. */
  readonly stored: StoredDefinition;
  /** The definition for the run: upgraded, or as it was last evaluated; its expressions are there. */
  readonly definition: Definition;
  /** What must be written over the definition's file, if its type is newer. */
  readonly upgraded?: Definition;
  readonly inputs: RunInputs;
  readonly warnings: readonly RunWarning[];
}

/** The inputs of a run. */
export interface RunInputs {
  /** What expressions see: declared inputs and all others. */
  readonly all: Readonly<Record<string, unknown>>;
  /** Those that are arguments of the method. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * Loads the code of a type.
 *
 * @throws {UserError} `unknown_type`, `type_broken`, `unknown_method`.
 */
export async function resolveTarget(
  { modelTypes }: RunMethodDependencies,
  typeName: string,
  methodName: string,
): Promise<RunTarget> {
  const types = await modelTypes(typeName);
  const descriptor = types.describe(typeName);
  if (descriptor === undefined) throw notInstalled(types, typeName);
  requireMethod(descriptor, methodName);
  return { descriptor, type: await types.resolve(typeName) };
}

/**
 * Checks a request against definition and type.
 *
 * @throws {UserError} that says what is wrong; nothing has happened then.
 */
export async function prepareRun(
  { runs, drivers }: RunMethodDependencies,
  request: RunMethodRequest,
  stored: StoredDefinition,
  target: RunTarget,
): Promise<PreparedRun> {
  const { type, descriptor } = target;
  const { method, lastEvaluated } = request;
  requireKnownChecks(type, request.checks);
  const upgraded = lastEvaluated ? undefined : upgradedDefinition(stored.definition, type);
  const definition = lastEvaluated
    ? await lastEvaluatedOf(runs, stored.definition)
    : upgraded ?? stored.definition;
  const { raw: driver } = selectDriver([...request.driverLevels ?? [], definition]);
  if (!isTemplate(driver)) await requireDriver(driver, drivers.types);
  const given = await givenInputs(definition, target, request);
  return {
    ...target,
    ...{ stored, definition },
    ...(upgraded === undefined ? {} : { upgraded }),
    inputs: given,
    warnings: [
      ...storedArgumentWarnings(descriptor, method, definition),
      ...reservedTagWarnings(request.tags),
    ],
  };
}

/** Sorts the inputs: those that only expressions want are no arguments. */
async function givenInputs(
  definition: Definition,
  { descriptor }: RunTarget,
  { method, inputs }: RunMethodRequest,
): Promise<RunInputs> {
  const needed = await referencedInputs(definition.methods[method]?.arguments);
  const { declared, others } = sortInputs(definition.inputs, inputs, needed);
  const { tags, globalArguments, methods } = definition;
  const used = await referencedInputs([tags, globalArguments, methods]);
  const known = argumentSchema(descriptor, method)?.properties ?? {};
  const isArgument = ([name]: [string, unknown]) => Object.hasOwn(known, name) || !used.has(name);
  const given = Object.fromEntries(Object.entries(others).filter(isArgument));
  const declaredNames = Object.keys(definition.inputs?.properties ?? {});
  requireKnownArguments(descriptor, method, given, declaredNames);
  return { all: { ...declared, ...others }, arguments: given };
}

function notInstalled(types: ModelTypes, typeName: string): UserError {
  const failure = types.failureOf(typeName);
  if (failure !== undefined) return typeBroken(typeName, failure);
  return new UserError("unknown_type", `Unknown model type: ${typeName}`, {
    fields: { hint: "'swamp model type search' lists the types that are installed." },
  });
}

async function lastEvaluatedOf(
  runs: RunStore,
  { type, id, name }: Definition,
): Promise<Definition> {
  const evaluated = await runs.lastEvaluated(type, id);
  if (evaluated !== undefined) return evaluated;
  throw new UserError(
    "not_evaluated",
    `No previously evaluated definition found for "${name}".`,
  );
}

function reservedTagWarnings(tags: Tags): RunWarning[] {
  return reservedNames(tags).map((tag) => ({
    code: "reserved_tag",
    message: `Tag "${tag}" is set by swamp itself; --tag ${tag}=… has no effect`,
    tag,
  }));
}
