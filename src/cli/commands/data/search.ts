import { searchData } from "../../../libswamp/data/search.ts";
import type { DataFilters } from "../../../libswamp/data/search_filters.ts";
import { parseTags } from "../../../libswamp/runs/run_inputs.ts";
import type { CommandSpec, OptionValues } from "../../command_spec.ts";
import { positiveInteger } from "../../integer_option.ts";
import { renderDataSearch } from "../../output/data/search.ts";
import { listOrPick, PICK_OPTION } from "../../picker/list_or_pick.ts";

const DEFAULT_LIMIT = 50;

/** `swamp data search [query]` (contract: cli-core 9.3). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  options: [
    { flags: "--type <type:string>", description: "Only data of this type, such as resource" },
    { flags: "--lifetime <lifetime:string>", description: "Only data with this lifetime" },
    {
      flags: "--owner-type <type:string>",
      description: "Only data of such owners: model-method, workflow-step or manual",
    },
    { flags: "--workflow <name:string>", description: "Only data that this workflow wrote" },
    { flags: "--model <name:string>", description: "Only data of this model" },
    { flags: "--content-type <type:string>", description: "Only data of this content type" },
    { flags: "--since <duration:string>", description: "Only data written since, such as 7d" },
    { flags: "--output <id:string>", description: "Only data that this run of a method wrote" },
    { flags: "--run <id:string>", description: "Only data of this run of a workflow" },
    {
      flags: "--tag <tag:string>",
      description: "Only data with this tag, as KEY=VALUE (repeatable)",
      collect: true,
    },
    { flags: "--streaming", description: "Only data that is written piece by piece" },
    { flags: "--all", description: "Deleted data too" },
    { flags: "--limit <n:number>", description: "At most so many results", default: DEFAULT_LIMIT },
    PICK_OPTION,
  ],
  repository: "required",
  examples: [
    { title: "The newest data of all models", command: "swamp data search" },
    { title: "Resources of a day", command: "swamp data search --type resource --since 1d" },
    { title: "By name and tag", command: "swamp data search vpc --tag env=prod" },
  ],
  async run(context, options, [query = ""]) {
    const { output, services } = context;
    const limit = positiveInteger(options, "limit") ?? DEFAULT_LIMIT;
    const dependencies = {
      definitions: await services.definitions(),
      data: await services.data(),
      history: services.runHistory,
      now: Date.now(),
    };
    const request = { query, filters: filtersOf(options), limit, all: options.all === true };
    await listOrPick(context, options, {
      query,
      list: async () => output.result(await searchData(dependencies, request), renderDataSearch),
      open: async () => (await import("./choice.ts")).dataChoice(context, dependencies, request),
    });
  },
};

function filtersOf(options: OptionValues): DataFilters {
  const text = (name: string) => options[name] as string | undefined;
  const tags = (options.tag ?? []) as readonly string[];
  return {
    type: text("type"),
    lifetime: text("lifetime"),
    ownerType: text("ownerType"),
    workflow: text("workflow"),
    model: text("model"),
    contentType: text("contentType"),
    since: text("since"),
    output: text("output"),
    run: text("run"),
    tags: tags.flatMap((tag) => Object.entries(parseTags([tag]))),
    streaming: options.streaming === true,
  };
}
