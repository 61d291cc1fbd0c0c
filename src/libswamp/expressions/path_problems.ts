/**
 * Paths of expressions that can lead nowhere (contract: authoring 4.8).
 *
 * @module
 */
import { closestName } from "../../domain/closest.ts";
import type { PathReference, PathStep } from "../../domain/expressions/references.ts";
import { schemaPathProblem } from "../../domain/expressions/schema_path.ts";
import type { DataOutputSpec, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { BrokenDefinition, Definition } from "../../domain/models/definition.ts";
import { damageOf } from "../../domain/models/definition_lookup.ts";
import { suggestion } from "./suggestion.ts";

/** What is wrong with an expression, one line each: problem, suggestion, what there is. */
export type ProblemLines = readonly string[];

/** What the paths of a definition are held against. */
export interface PathTargets {
  readonly definition: Definition;
  /** A definition by its name or id. */
  readonly find: (nameOrId: string) => Definition | undefined;
  /** Names of all definitions. */
  readonly names: readonly string[];
  /** Files of definitions that could not be read. */
  readonly broken: readonly BrokenDefinition[];
  /** What a type is known to be; no code is loaded for it. */
  readonly describe: (type: string) => Promise<ModelDescriptor | undefined>;
}

const SELF_SEGMENTS = ["id", "name", "version", "tags", "globalArguments"];
const DEFINITION_SEGMENTS = [...SELF_SEGMENTS, "inputs"];
const MODEL_SEGMENTS = ["input", "definition", "resource", "file", "execution"];
const EXECUTION_SEGMENTS = [
  "id",
  "methodName",
  "status",
  "startedAt",
  "completedAt",
  "durationMs",
  "error",
];
const FILE_FIELDS = ["id", "version", "createdAt", "path", "size", "contentType"];
const RESOURCE_FIELDS = ["id", "name", "version", "createdAt", "attributes", "tags"];
/** Fields of records that messages do not list. */
const FURTHER_FIELDS = [
  "modelName",
  "modelType",
  "specName",
  "dataType",
  "contentType",
  "lifetime",
  "lifecycle",
  "ownerType",
  "streaming",
  "size",
  "content",
];

/** What is wrong with a path; `undefined` when it may lead somewhere. */
export async function pathProblem(
  path: PathReference,
  targets: PathTargets,
): Promise<ProblemLines | undefined> {
  if (path.root === "self") return selfProblem(path, targets.definition);
  return path.root === "model" ? await modelProblem(path, targets) : undefined;
}

function selfProblem(
  { steps: [segment, ...rest], guarded }: PathReference,
  definition: Definition,
): ProblemLines | undefined {
  const name = keyOf(segment);
  if (name === undefined) return undefined;
  if (!SELF_SEGMENTS.includes(name)) {
    return [
      `Invalid self reference segment "${name}". Valid segments: name, version, tags, ` +
      "globalArguments",
      ...didYouMean(name, SELF_SEGMENTS),
    ];
  }
  if (guarded || name !== "globalArguments") return undefined;
  return argumentProblem(definition, undefined, rest);
}

async function modelProblem(
  path: PathReference,
  targets: PathTargets,
): Promise<ProblemLines | undefined> {
  const [modelStep, member, ...rest] = path.steps;
  const name = keyOf(modelStep);
  if (name === undefined) return undefined;
  const target = targets.find(name);
  if (target === undefined) {
    const damage = damageOf(name, targets.broken);
    if (damage !== undefined) return [`Referenced model "${name}" not found${damage}`];
    const meant = suggestion(name, targets.names, false).replace(/^\. /, "");
    return [`Referenced model "${name}" not found`, ...meant === "" ? [] : [meant]];
  }
  switch (keyOf(member)) {
    case undefined:
      return undefined;
    case "input":
    case "definition":
      return await definitionProblem(path, target, rest, targets);
    case "resource":
    case "file":
      return await dataProblem(path, target, targets);
    case "execution":
      return executionProblem(rest);
    default:
      return [
        `Invalid path segment "${keyOf(member)}". Expected one of: ${MODEL_SEGMENTS.join(", ")}`,
        ...didYouMean(keyOf(member)!, MODEL_SEGMENTS),
      ];
  }
}

async function definitionProblem(
  { guarded }: PathReference,
  target: Definition,
  [segment, ...rest]: readonly PathStep[],
  { describe }: PathTargets,
): Promise<ProblemLines | undefined> {
  const name = keyOf(segment);
  if (name === undefined) return undefined;
  if (!DEFINITION_SEGMENTS.includes(name)) {
    return [
      `Invalid path segment "${name}". Expected "globalArguments"`,
      `Did you mean "globalArguments" instead of "${name}"?`,
    ];
  }
  if (guarded || name !== "globalArguments" || rest.length === 0) return undefined;
  return argumentProblem(target, await describe(target.type), rest);
}

/** A global argument is there if the definition gives it, or may be given if the schema knows it. */
function argumentProblem(
  { globalArguments }: Definition,
  descriptor: ModelDescriptor | undefined,
  steps: readonly PathStep[],
): ProblemLines | undefined {
  const key = keyOf(steps[0]);
  if (key === undefined || Object.hasOwn(globalArguments, key)) return undefined;
  const known = descriptor?.globalArguments;
  const problem = known === undefined ? undefined : schemaPathProblem(known, steps);
  if (known !== undefined && problem === undefined) return undefined;
  const available = [...new Set([...Object.keys(globalArguments), ...problem?.available ?? []])];
  return [
    problem?.problem ?? `Property "${key}" not found`,
    ...didYouMean(key, available),
    ...availableText(available),
  ];
}

async function dataProblem(
  { steps, guarded }: PathReference,
  target: Definition,
  { describe }: PathTargets,
): Promise<ProblemLines | undefined> {
  const [modelName, kind, specName, _instance, field, ...rest] = steps;
  const descriptor = await describe(target.type);
  if (descriptor === undefined) {
    return [`Unknown model type "${target.type}" for model "${keyOf(modelName)}"`];
  }
  const name = keyOf(specName);
  if (name === undefined) return undefined;
  const ofKind = descriptor.dataOutputSpecs.filter((spec) => spec.kind === keyOf(kind));
  const spec = ofKind.find((one) => one.specName === name);
  if (spec === undefined) {
    const names = ofKind.map((one) => one.specName);
    return [
      `Unknown ${keyOf(kind)} spec "${name}" on model "${keyOf(modelName)}"`,
      ...didYouMean(name, names),
      `Available ${keyOf(kind)} specs: ${names.join(", ") || "none"}`,
    ];
  }
  return fieldProblem(spec, keyOf(field)) ??
    (guarded || keyOf(field) !== "attributes" || spec.schema === undefined
      ? undefined
      : attributeProblem(spec.schema, rest));
}

function fieldProblem(
  { kind, specName }: DataOutputSpec,
  field: string | undefined,
): ProblemLines | undefined {
  if (field === undefined) return undefined;
  const listed = kind === "file" ? FILE_FIELDS : RESOURCE_FIELDS;
  const known = kind === "file" ? FILE_FIELDS : [...RESOURCE_FIELDS, ...FURTHER_FIELDS];
  if (known.includes(field)) return undefined;
  const what = kind === "file" ? "File" : "Resource";
  return [
    `Invalid field "${field}" on ${kind} "${specName}"`,
    ...didYouMean(field, known),
    `${what} records have: ${listed.join(", ")}`,
  ];
}

function attributeProblem(
  schema: NonNullable<DataOutputSpec["schema"]>,
  steps: readonly PathStep[],
): ProblemLines | undefined {
  const found = schemaPathProblem(schema, steps);
  if (found === undefined) return undefined;
  const { problem, key, available } = found;
  return [
    problem,
    ...key === undefined ? [] : didYouMean(key, available),
    ...availableText(available),
  ];
}

function executionProblem([segment]: readonly PathStep[]): ProblemLines | undefined {
  const name = keyOf(segment);
  if (name === undefined || EXECUTION_SEGMENTS.includes(name)) return undefined;
  return [
    `Invalid path segment "${name}" for execution`,
    ...didYouMean(name, EXECUTION_SEGMENTS),
    `Execution has: ${EXECUTION_SEGMENTS.join(", ")}`,
  ];
}

function keyOf(step: PathStep | undefined): string | undefined {
  return step !== undefined && "key" in step ? step.key : undefined;
}

function didYouMean(name: string, candidates: readonly string[]): string[] {
  const meant = closestName(name, candidates);
  return meant === undefined ? [] : [`Did you mean "${meant}" instead of "${name}"?`];
}

function availableText(names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`Available: ${names.join(", ")}`];
}
