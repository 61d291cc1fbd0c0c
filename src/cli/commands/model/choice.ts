import { getModel } from "../../../libswamp/models/get.ts";
import type { ModelDocument } from "../../../libswamp/models/model_document.ts";
import { mentionsModel, type ModelSummary, searchModels } from "../../../libswamp/models/search.ts";
import type { CommandContext } from "../../context.ts";
import { renderModel } from "../../output/models/model.ts";
import { MODELS } from "../../output/models/search.ts";
import type { Choice } from "../../picker/choice.ts";
import { reportedTypes } from "./reported_types.ts";

/** The models that somebody may pick. */
export async function modelChoice(
  context: CommandContext,
): Promise<Choice<ModelSummary, ModelDocument>> {
  const definitions = await context.services.definitions();
  const { results } = await searchModels(definitions, "");
  const types = reportedTypes(context);
  const known = results.length === 0 ? undefined : await types();
  return {
    listing: MODELS,
    find: (query) => results.filter((model) => mentionsModel(model, query)),
    names: ({ name }) => [name],
    id: ({ id }) => id,
    get: ({ id }) => getModel({ definitions, types: async () => known ?? await types() }, id),
    render: renderModel,
  };
}
