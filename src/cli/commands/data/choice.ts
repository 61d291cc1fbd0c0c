import { shownPath } from "../../../domain/repository/shown_path.ts";
import { type DataDocument, getData } from "../../../libswamp/data/get.ts";
import {
  type FoundData,
  mentionsData,
  searchData,
  type SearchDataDependencies,
  type SearchDataRequest,
} from "../../../libswamp/data/search.ts";
import type { CommandContext } from "../../context.ts";
import { renderData } from "../../output/data/get.ts";
import { dataListing } from "../../output/data/search.ts";
import type { Choice } from "../../picker/choice.ts";

/** Content with more bytes than this is not read to be previewed. */
const PREVIEWED_BYTES = 64 * 1024;

/**
 * The data that somebody may pick, the newest first: all that meet the filters, because a picker draws
 * only what is in view.
 */
export async function dataChoice(
  { output, services }: CommandContext,
  dependencies: SearchDataDependencies,
  { filters, all }: Pick<SearchDataRequest, "filters" | "all">,
): Promise<Choice<FoundData, DataDocument>> {
  const { definitions, data } = dependencies;
  const { root } = await services.repository();
  const { results } = await searchData(dependencies, {
    ...{ query: "", filters, all },
    limit: Number.MAX_SAFE_INTEGER,
  });
  const get = ({ modelId: model, name, version }: FoundData, withContent: boolean) => {
    const relativePath = (path: string) => shownPath(root, path);
    return getData({ definitions, data, relativePath }, { model, name, version, withContent });
  };
  return {
    listing: dataListing(all),
    find: (query) => results.filter((found) => mentionsData(found, query)),
    names: ({ name, modelName }) => [name, `${modelName}/${name}`],
    id: ({ id }) => id,
    get: async (found) => {
      const document = await get(found, true);
      for (const { message } of document.warnings ?? []) output.warn(message);
      return document;
    },
    preview: (found) => get(found, found.size <= PREVIEWED_BYTES),
    render: renderData,
  };
}
