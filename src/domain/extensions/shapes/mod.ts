/**
 * From the exports of a module to definitions and descriptors, for every kind.
 *
 * @module
 */
import { describeModel, describeModelExtension, describeProvider } from "../describe.ts";
import type { Descriptor } from "../descriptor.ts";
import { type ExtensionKind, KINDS } from "../kinds.ts";
import { parseModel } from "./model_shape.ts";
import { parseModelExtension } from "./model_extension_shape.ts";
import { parseProvider } from "./provider_shape.ts";

/** What one source contributes under one kind. */
export interface Contribution {
  readonly kind: ExtensionKind;
  /** Normalised name: of the type, or of the type that is extended. */
  readonly type: string;
  readonly raw: string;
  /** CalVer of a model type, empty for the other kinds. */
  readonly version: string;
  /** One line for people, possibly empty. */
  readonly description: string;
  readonly descriptor: Descriptor;
}

type Namespace = Readonly<Record<string, unknown>>;

/**
 * The export of `kind` in a module: the named export, else a default export that looks like one.
 *
 * @returns `undefined` when the module does not export that kind.
 */
export function exportOf(module: Namespace, kind: ExtensionKind): unknown {
  const { exportName } = KINDS[kind];
  if (exportName in module) return module[exportName];
  const fallback = module.default;
  if (typeof fallback !== "object" || fallback === null) return undefined;
  return kindOfDefault(fallback, kind) ? fallback : undefined;
}

/** A default export of the models folder is a model when it has a version, else an extension. */
function kindOfDefault(value: object, kind: ExtensionKind): boolean {
  if (kind === "model") return "type" in value && "version" in value;
  if (kind === "extension") return "type" in value && "methods" in value && !("version" in value);
  return KINDS[kind].nameField in value;
}

/**
 * What a module contributes under `kind`.
 *
 * @returns `undefined` when the module does not export that kind.
 * @throws {ShapeError} when the export has the wrong shape.
 */
export function contributionOf(module: Namespace, kind: ExtensionKind): Contribution | undefined {
  const exported = exportOf(module, kind);
  if (exported === undefined) return undefined;
  if (kind === "model") {
    const descriptor = describeModel(parseModel(exported), descriptionOf(exported));
    const { type, raw, version, description } = descriptor;
    return { kind, type, raw, version, description, descriptor };
  }
  if (kind === "extension") {
    const descriptor = describeModelExtension(parseModelExtension(exported));
    const { type } = descriptor;
    return { kind, type, raw: type, version: "", description: "", descriptor };
  }
  const descriptor = describeProvider(parseProvider(kind, exported));
  const { type, raw, description } = descriptor;
  return { kind, type, raw, version: "", description, descriptor };
}

/** The optional `description` or `title` that some authors give a model. */
function descriptionOf(exported: unknown): string | undefined {
  const { description, title } = exported as Record<string, unknown>;
  return [description, title].find((text) => typeof text === "string") as string | undefined;
}
