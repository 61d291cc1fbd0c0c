import { type Tool, TOOLS } from "../../../domain/repository/settings.ts";
import type { OptionSpec, OptionValues } from "../../command_spec.ts";

/** `-t, --tool` of `init` and `upgrade`. */
export function toolOption(description: string): OptionSpec {
  return {
    flags: "-t, --tool <tool:aiTool>",
    description: `${description} (${TOOLS.join(", ")})`,
    values: { type: "aiTool", allowed: TOOLS },
  };
}

/** The tool that was asked for. */
export function toolOf(options: OptionValues): Tool | undefined {
  return options.tool as Tool | undefined;
}
