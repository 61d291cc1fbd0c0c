import type { OptionSpec } from "../../command_spec.ts";

/** `--type` of the commands that show one vault. */
export const TYPE_OPTION: OptionSpec = {
  flags: "-t, --type <type:string>",
  description: "Fail unless the vault has this type",
};
