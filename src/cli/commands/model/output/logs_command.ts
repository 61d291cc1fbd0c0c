import type { CommandSpec } from "../../../command_spec.ts";
import { positiveInteger } from "../../../integer_option.ts";
import type { Page } from "../../../output/output.ts";
import type { Services } from "../../../services.ts";

/** A command that prints lines of a run. */
export interface LogsCommand<D> {
  /** How it is called: `swamp model output logs`. */
  readonly words: string;
  /**
   * Reads the lines.
   *
   * @param run an id, the beginning of one, or a model for its latest run.
   * @param tail number of lines, the last ones; all unless told.
   */
  readonly read: (services: Services, run: string, tail: number | undefined) => Promise<D>;
  readonly render: (document: D, page: Page) => string;
}

/** The part that is the same for every such command. */
export function logsCommand<D>({ words, read, render }: LogsCommand<D>): CommandSpec {
  return {
    arguments: "<output_id_or_model_name:string>",
    options: [
      { flags: "--tail <lines:number>", description: "Only so many lines, the last ones" },
    ],
    repository: "required",
    examples: [
      { title: "Of the latest run of a model", command: `${words} web` },
      { title: "The end of a log", command: `${words} babb655f --tail 20` },
    ],
    async run({ output, services }, options, [argument = ""]) {
      const tail = positiveInteger(options, "tail");
      output.result(await read(services, argument, tail), render);
    },
  };
}
