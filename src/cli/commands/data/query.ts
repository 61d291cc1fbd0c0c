import { UserError } from "../../../domain/errors.ts";
import { queryData } from "../../../libswamp/data/query.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { positiveInteger } from "../../integer_option.ts";
import { renderDataQuery } from "../../output/data/query.ts";
import type { Output } from "../../output/output.ts";
import { hasLiveTerminal } from "../../picker/live_terminal.ts";

const DEFAULT_LIMIT = 100;

/** `swamp data query [predicate]` (contract: cli-core 9.4). */
export const command: CommandSpec = {
  arguments: "[predicate:string]",
  options: [
    {
      flags: "--select <expression:string>",
      description: "CEL that makes a result of a record; the record itself by default",
    },
    { flags: "--limit <n:number>", description: "At most so many results", default: DEFAULT_LIMIT },
    { flags: "--all", description: "Deleted data too" },
  ],
  repository: "required",
  examples: [
    { title: "Type a predicate and see its data at once", command: "swamp data query" },
    { title: "The data of a model", command: `swamp data query 'modelName == "scanner"'` },
    {
      title: "One attribute of many",
      command: `swamp data query 'specName == "vpc"' --select attributes.cidr`,
    },
  ],
  async run(context, options, [predicate]) {
    const { output, services } = context;
    const limit = positiveInteger(options, "limit") ?? DEFAULT_LIMIT;
    await services.repository();
    const select = options.select as string | undefined;
    const all = options.all === true;
    const isAsked = predicate === undefined && hasLiveTerminal(context.globals);
    const given = isAsked ? "" : predicate ?? everything(output);
    using catalog = await services.dataCatalog();
    const query = (text: string) => queryData(catalog, { predicate: text, select, limit, all });
    const document = isAsked
      ? await (await import("./ask_predicate.ts")).askPredicate(context, query)
      : await query(given);
    if (document !== undefined) output.result(document, renderDataQuery);
  },
};

/** The predicate of somebody who gave none and cannot be asked, but sees the result in a terminal. */
function everything(output: Output): string {
  if (output.mode === "log" && output.width !== undefined) return "true";
  throw new UserError(
    "missing_argument",
    "A CEL predicate is required in non-interactive mode.\n" +
      "Usage: swamp data query 'modelName == \"scanner\"'\n" +
      "Run without arguments in a terminal for interactive mode.",
  );
}
