/**
 * The variable `model`: what other definitions say and what their methods wrote (contract: authoring
 * 4.2). Only what an expression mentions is loaded.
 *
 * @module
 */
import type { PathReference } from "../../domain/expressions/references.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import type { Definition, StoredDefinition } from "../../domain/models/definition.ts";
import type { RecordReader } from "./data_functions.ts";
import type { ExpressionSources } from "./sources.ts";

/** What a definition is to expressions. */
export interface DefinitionView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly tags: unknown;
  readonly globalArguments: unknown;
}

/** How {@linkcode modelVariable} gets at what it puts together. */
export interface ModelVariableOptions {
  readonly sources: Pick<ExpressionSources, "definitions" | "openData">;
  readonly reader: RecordReader;
  /** A definition whose expressions are evaluated. */
  readonly view: (stored: StoredDefinition) => Promise<DefinitionView>;
}

/** Members of `model.<name>` that hold what the definition says. */
const DEFINITION_MEMBERS = ["input", "definition"];

/** Parts of a definition that never hold expressions. */
const PLAIN_PARTS = ["id", "name", "version", "inputs"];

/** Whether a path below `model` leads to something of a definition that may hold expressions. */
export function readsDefinition({ steps: [, member, part] }: PathReference): boolean {
  const reads = member === undefined || !("key" in member) ||
    DEFINITION_MEMBERS.includes(member.key);
  return reads && !(part !== undefined && "key" in part && PLAIN_PARTS.includes(part.key));
}

/** The variable `model` as far as these paths go. */
export async function modelVariable(
  paths: readonly PathReference[],
  options: ModelVariableOptions,
): Promise<Record<string, unknown>> {
  const models: Record<string, Record<string, unknown>> = {};
  for (const path of paths) {
    for (const [name, stored] of await namedBy(path, options)) {
      models[name] = { ...models[name], ...await membersOf(path, stored, options) };
    }
  }
  return models;
}

/** The definitions that a path is about: all of them where its name is computed. */
async function namedBy(
  { steps: [step] }: PathReference,
  { sources: { definitions } }: ModelVariableOptions,
): Promise<(readonly [string, StoredDefinition])[]> {
  if (step !== undefined && "key" in step) {
    const found = await findModel(definitions, step.key);
    return found === undefined ? [] : [[step.key, found]];
  }
  const { definitions: all } = await definitions.list();
  return all.flatMap((stored) => [
    [stored.definition.name, stored] as const,
    [stored.definition.id, stored] as const,
  ]);
}

/** A definition by exact name or complete id. */
export async function findModel(
  definitions: ExpressionSources["definitions"],
  nameOrId: string,
): Promise<StoredDefinition | undefined> {
  const found = await definitions.lookup(nameOrId);
  if (found === undefined) return undefined;
  const { name, id } = found.definition;
  return name === nameOrId || id.toLowerCase() === nameOrId.toLowerCase() ? found : undefined;
}

async function membersOf(
  path: PathReference,
  stored: StoredDefinition,
  options: ModelVariableOptions,
): Promise<Record<string, unknown>> {
  const [, member] = path.steps;
  const wants = (name: string) => member === undefined || !("key" in member) || member.key === name;
  const members: Record<string, unknown> = {};
  const { definition } = stored;
  if (DEFINITION_MEMBERS.some(wants)) {
    const view = readsDefinition(path) ? await options.view(stored) : rawView(definition);
    members.input = view;
    members.definition = definition.inputs === undefined
      ? view
      : { ...view, inputs: definition.inputs };
  }
  if (wants("resource") || wants("file")) {
    const data = await options.sources.openData();
    const all = await data.list({ type: definition.type, modelId: definition.id });
    if (wants("resource")) members.resource = await resourcesOf(all, path, options.reader);
    if (wants("file")) members.file = filesOf(all);
  }
  return members;
}

/** A definition with its expressions as they are written. */
export function rawView({ id, name, version, tags, globalArguments }: Definition): DefinitionView {
  return { id, name, version, tags, globalArguments };
}

async function resourcesOf(
  all: Awaited<ReturnType<DataStore["list"]>>,
  { steps: [, , spec, instance] }: PathReference,
  reader: RecordReader,
): Promise<Record<string, Record<string, unknown>>> {
  const isMeant = (step: PathReference["steps"][number] | undefined, name: string) =>
    step === undefined || !("key" in step) || step.key === name;
  const resources: Record<string, Record<string, unknown>> = {};
  for (const stored of all) {
    const { tags, name } = stored.metadata;
    const { type, specName = "" } = tags;
    if (type !== "resource" || !isMeant(spec, specName) || !isMeant(instance, name)) continue;
    (resources[specName] ??= {})[name] = await reader.record(stored);
  }
  return resources;
}

function filesOf(all: readonly StoredData[]): Record<string, Record<string, unknown>> {
  const files: Record<string, Record<string, unknown>> = {};
  for (const { metadata, contentPath } of all) {
    const { id, name, version, createdAt, size, contentType, tags } = metadata;
    const { type, specName } = tags;
    if (type === "resource" || type === "report" || specName === undefined) continue;
    (files[specName] ??= {})[name] = {
      ...{ id, version, createdAt, path: contentPath, size: size ?? 0, contentType },
    };
  }
  return files;
}
