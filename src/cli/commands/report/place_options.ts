import type { OptionSpec, OptionValues } from "../../command_spec.ts";

/** Options that say on what a report is. */
export const PLACE_OPTIONS: readonly OptionSpec[] = [
  { flags: "--model <name:string>", description: "Only reports on this model, by name or id" },
  {
    flags: "--workflow <name:string>",
    description: "Only reports on this workflow or on its steps",
  },
];

/** The values of {@linkcode PLACE_OPTIONS}. */
export function placeOf(
  options: OptionValues,
): Record<"model" | "workflow", string | undefined> {
  const { model, workflow } = options as Record<string, string | undefined>;
  return { model, workflow };
}
