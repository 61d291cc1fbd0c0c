/**
 * Sentences about data that an expression asks for and nobody wrote.
 *
 * @module
 */
import type { StoredData } from "../../domain/data/data_store.ts";
import type { PathReference } from "../../domain/expressions/references.ts";
import { ModelData } from "../data/model_data.ts";
import { findModel } from "./model_variable.ts";
import type { ExpressionSources } from "./sources.ts";
import { suggestion } from "./suggestion.ts";

type Sources = Pick<ExpressionSources, "definitions" | "openData">;

/** About `data.latest(model, name)` and `data.version(model, name, version)`. */
export async function missingDataText(
  { definitions, openData }: Sources,
  { model, name, version }: {
    readonly model: string;
    readonly name: string;
    readonly version?: number | undefined;
  },
): Promise<string> {
  const which = version === undefined ? "" : ` (version ${version})`;
  const sentence = `There is no data "${name}"${which} of model "${model}"`;
  const data = new ModelData({ definitions, data: await openData() });
  const written = (await data.list(model)).map(({ metadata }) => metadata.name);
  if (written.includes(name)) {
    return `${sentence}. Versions: ${(await data.versions(model, name)).join(", ")}`;
  }
  if (written.length > 0) return sentence + suggestion(name, written, true);
  const names = (await definitions.list()).definitions.map(({ definition }) => definition.name);
  if (names.includes(model)) return `${sentence}, which has written none yet`;
  return sentence + suggestion(model, names, false);
}

/**
 * About `model.<name>.resource.<spec>.<instance>`, as the end of a sentence.
 *
 * @returns `undefined` for a path to anything else.
 */
export async function missingOutputText(
  { steps }: PathReference,
  { definitions, openData }: Sources,
): Promise<string | undefined> {
  const [model, kind, spec, instance] = steps.map((step) => "key" in step ? step.key : undefined);
  const stored = model === undefined ? undefined : await findModel(definitions, model);
  if (stored === undefined || spec === undefined) return undefined;
  if (kind !== "resource" && kind !== "file") return undefined;
  const { definition: { type, id: modelId } } = stored;
  const all = await (await openData()).list({ type, modelId });
  const ofKind = all.filter((one) => kindOf(one) === kind);
  const ofSpec = ofKind.filter(({ metadata }) => metadata.tags.specName === spec);
  if (ofSpec.length === 0 || instance === undefined) {
    const specs = [...new Set(ofKind.flatMap(({ metadata }) => metadata.tags.specName ?? []))];
    return `. Model "${model}" has written no ${kind} of spec "${spec}" yet` +
      suggestion(spec, specs, true);
  }
  const names = ofSpec.map(({ metadata }) => metadata.name);
  return `. Model "${model}" has no ${kind} "${instance}" of spec "${spec}"` +
    suggestion(instance, names, true);
}

function kindOf({ metadata: { tags } }: StoredData): string {
  return tags.type === "resource" || tags.type === "report" ? tags.type : "file";
}
