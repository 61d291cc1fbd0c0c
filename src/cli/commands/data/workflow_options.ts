import { UserError } from "../../../domain/errors.ts";
import type { OptionValues } from "../../command_spec.ts";

/**
 * Refuses `--workflow` and `--run`: there are no workflows yet, so there is none of any name.
 *
 * @throws {UserError} `workflow_not_found`, `invalid_argument`
 */
export function requireNoWorkflow({ workflow, run }: OptionValues): void {
  if (typeof workflow === "string") {
    throw new UserError("workflow_not_found", `Workflow not found: ${workflow}`);
  }
  if (run !== undefined) {
    throw new UserError("invalid_argument", "--run needs --workflow <name>.");
  }
}
