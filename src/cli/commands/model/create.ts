import { createModel } from "../../../libswamp/models/create.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderCreatedModel } from "../../output/models/created.ts";
import { textFileReader } from "../../text_file_reader.ts";
import { reportedTypes } from "./reported_types.ts";

/** `swamp model create <type> <name>` (contract: cli-core 6.1). */
export const command: CommandSpec = {
  arguments: "<type:string> <name:string>",
  options: [
    {
      flags: "--global-arg <pair:string>",
      description: "Global argument as key=value; key=@file reads the value from a file, " +
        "a.b=value sets a nested key, key:json=value takes JSON (repeatable)",
      collect: true,
    },
  ],
  repository: "required",
  examples: [
    { title: "A model of the built-in shell", command: "swamp model create command/shell hello" },
    {
      title: "With global arguments",
      command: "swamp model create @acme/server web --global-arg region=eu --global-arg size=2",
    },
  ],
  async run(context, options, [type = "", name = ""]) {
    const { output, services } = context;
    const dependencies = {
      types: reportedTypes(context),
      definitions: await services.definitions(),
      locks: await services.locks(),
      readTextFile: textFileReader(services.workingDirectory),
      newId: () => crypto.randomUUID(),
    };
    const globalArguments = (options.globalArg ?? []) as readonly string[];
    const document = await createModel(dependencies, { type, name, globalArguments });
    if (output.mode === "log") document.warnings?.forEach(({ message }) => output.warn(message));
    output.result(document, renderCreatedModel);
  },
};
