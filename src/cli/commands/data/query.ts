import { UserError } from "../../../domain/errors.ts";
import { queryData } from "../../../libswamp/data/query.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { positiveInteger } from "../../integer_option.ts";
import { renderDataQuery } from "../../output/data/query.ts";
import type { Output } from "../../output/output.ts";

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
    { title: "The data of a model", command: `swamp data query 'modelName == "scanner"'` },
    {
      title: "One attribute of many",
      command: `swamp data query 'specName == "vpc"' --select attributes.cidr`,
    },
  ],
  async run({ output, services }, options, [predicate]) {
    const limit = positiveInteger(options, "limit") ?? DEFAULT_LIMIT;
    await services.repository();
    const request = {
      predicate: predicate ?? everything(output),
      select: options.select as string | undefined,
      limit,
      all: options.all === true,
    };
    using catalog = await services.dataCatalog();
    output.result(await queryData(catalog, request), renderDataQuery);
  },
};

/** The predicate of somebody at a terminal who gave none. */
function everything(output: Output): string {
  if (output.mode === "log" && output.width !== undefined) return "true";
  throw new UserError(
    "missing_argument",
    "A CEL predicate is required in non-interactive mode.\n" +
      "Usage: swamp data query 'modelName == \"scanner\"'\n" +
      "Run without arguments in a terminal for interactive mode.",
  );
}
