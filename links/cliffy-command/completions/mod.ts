/**
 * Shell completions of a command.
 *
 * @module
 */
export { CompletionsCommand } from "./completions_command.ts";
export { generateShellCompletions, type GenerateShellCompletionsOptions } from "./generate.ts";
export {
  BashCompletionsCommand,
  FishCompletionsCommand,
  ZshCompletionsCommand,
} from "./shell_command.ts";
