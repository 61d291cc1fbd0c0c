import { closest } from "../../domain/closest.ts";
import { UserError } from "../../domain/errors.ts";
import type { ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { BrokenDefinition, StoredDefinition } from "../../domain/models/definition.ts";
import type { DefinitionListing } from "../../domain/models/definition_store.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import { typeBroken } from "../types/type_errors.ts";
import { idOfBroken } from "../../domain/models/definition_lookup.ts";
import { requireMethod } from "./describe_method.ts";
import { modelTypeNotFound } from "./unknown_type.ts";
import {
  type CheckFilter,
  runValidationChecks,
  type ValidationCheckDependencies,
} from "./validation_checks.ts";
import { validateDefinition, type Validation, type ValidationOptions } from "./validations.ts";
import type { ValidationWarning } from "./validation_warnings.ts";

/** What {@linkcode validateModel} works with. */
export interface ValidateModelDependencies extends ValidationCheckDependencies {
  /** The types, of which only the given one is needed if it is given. */
  readonly types: (onlyType?: string) => Promise<ModelTypes>;
}

/** JSON document of `model validate` for one definition (contract: cli-core 6.6). */
export interface ModelValidationDocument {
  readonly modelId: string;
  readonly modelName: string;
  readonly type: string;
  readonly validations: readonly Validation[];
  readonly warnings: readonly ValidationWarning[];
  /** Names of the checks of the type that were not run. */
  readonly checksNotRun?: readonly string[];
  readonly passed: boolean;
}

/** JSON document of `model validate` for all definitions. */
export interface AllValidationsDocument {
  /** Sorted by name. */
  readonly models: readonly ModelValidationDocument[];
  readonly totalPassed: number;
  readonly totalFailed: number;
  readonly totalWarnings: number;
  readonly passed: boolean;
}

/**
 * Checks one definition.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`, `type_not_found`, `type_broken`,
 * `unknown_method` and `unknown_label` for a filter that names nothing.
 */
export async function validateModel(
  dependencies: ValidateModelDependencies,
  nameOrId: string,
  filter: CheckFilter,
): Promise<ModelValidationDocument> {
  const { definitions, types } = dependencies;
  const stored = await definitions.find(nameOrId);
  const { type } = stored.definition;
  const known = await types(type);
  const descriptor = known.describe(type);
  if (descriptor === undefined) throw modelTypeNotFound(known, type, stored.file);
  if (filter.method !== undefined) requireMethod(descriptor, filter.method);
  requireLabels([descriptor], filter);
  return await validateStored(stored, {
    ...validationOptions(dependencies, filter, await definitions.list()),
    types: known,
    describe: async (other) => (other === type ? known : await types(other)).describe(other),
  });
}

/**
 * Checks every definition. Files that cannot be read and definitions of types that are not
 * installed count as failed.
 *
 * @throws {UserError} `unknown_method` and `unknown_label` for a filter that names nothing
 * anywhere.
 */
export async function validateAllModels(
  dependencies: ValidateModelDependencies,
  filter: CheckFilter,
): Promise<AllValidationsDocument> {
  const { definitions, types } = dependencies;
  const [listing, known] = [await definitions.list(), await types()];
  const { definitions: all, broken } = listing;
  requireNamed(all, known, filter);
  const models: ModelValidationDocument[] = broken.map(brokenDocument);
  const options = {
    ...validationOptions(dependencies, filter, listing),
    types: known,
    describe: (type: string) => Promise.resolve(known.describe(type)),
  };
  for (const stored of all) {
    models.push(
      known.describe(stored.definition.type) === undefined
        ? uninstalledDocument(known, stored)
        : await validateStored(stored, options),
    );
  }
  models.sort((a, b) => a.modelName < b.modelName ? -1 : 1);
  const totalPassed = models.filter(({ passed }) => passed).length;
  return {
    models,
    totalPassed,
    totalFailed: models.length - totalPassed,
    totalWarnings: models.reduce((sum, { warnings }) => sum + warnings.length, 0),
    passed: totalPassed === models.length,
  };
}

function validationOptions(
  dependencies: ValidationCheckDependencies,
  filter: CheckFilter,
  { definitions: all, broken }: DefinitionListing,
): Pick<ValidationOptions, "all" | "broken" | "positionOf" | "unknownFields" | "runChecks"> {
  return {
    ...{ all, broken },
    positionOf: (...place) => dependencies.definitions.positionOf(...place),
    unknownFields: (stored) => dependencies.definitions.unknownFields(stored),
    runChecks: (definition, { checks }, type) =>
      runValidationChecks(dependencies, definition, checks, type, filter),
  };
}

async function validateStored(
  stored: StoredDefinition,
  options: ValidationOptions,
): Promise<ModelValidationDocument> {
  const { id, name, type } = stored.definition;
  const result = await validateDefinition(stored, options);
  return {
    modelId: id,
    modelName: name,
    type,
    ...result,
    passed: result.validations.every(({ passed }) => passed),
  };
}

function brokenDocument(broken: BrokenDefinition): ModelValidationDocument {
  const { file, reason, name = file, type = "" } = broken;
  return {
    modelId: idOfBroken(broken) ?? "",
    modelName: name,
    type,
    validations: [{ name: "Definition schema", passed: false, error: `${file}: ${reason}` }],
    warnings: [],
    passed: false,
  };
}

function uninstalledDocument(
  types: ModelTypes,
  { definition: { id, name, type }, file }: StoredDefinition,
): ModelValidationDocument {
  const failure = types.failureOf(type);
  const error = failure === undefined
    ? `Model type not found: ${type} (${file})`
    : `${typeBroken(type, failure).message} (${file})`;
  return {
    modelId: id,
    modelName: name,
    type,
    validations: [
      { name: "Definition schema", passed: true },
      { name: "Model type", passed: false, error },
    ],
    warnings: [],
    passed: false,
  };
}

/** Refuses a method or a label that no definition at all could mean. */
function requireNamed(
  all: readonly StoredDefinition[],
  types: ModelTypes,
  filter: CheckFilter,
): void {
  const names = new Set(all.map(({ definition }) => definition.type));
  const descriptors = [...names].map((type) => types.describe(type)).filter(isDefined);
  if (descriptors.length === 0) return;
  requireLabels(descriptors, filter);
  const { method } = filter;
  if (method === undefined) return;
  const methods = descriptors.flatMap((descriptor) => descriptor.methods.map(({ name }) => name));
  if (!methods.includes(method)) {
    throw unknown("unknown_method", `No model has a method '${method}'.`, method, methods);
  }
}

function requireLabels(descriptors: readonly ModelDescriptor[], { labels }: CheckFilter): void {
  const checks = descriptors.flatMap((descriptor) => descriptor.checks);
  const known = [...new Set(checks.flatMap((check) => check.labels ?? []))];
  for (const label of labels) {
    if (known.includes(label)) continue;
    const message = `No check has the label '${label}'. Available labels: ${
      known.join(", ") || "none"
    }`;
    throw unknown("unknown_label", message, label, known);
  }
}

function unknown(code: string, message: string, typed: string, names: readonly string[]) {
  const meant = closest(typed, names);
  return new UserError(
    code,
    message,
    meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } },
  );
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
