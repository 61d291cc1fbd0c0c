import type { RunStatus } from "../../../domain/models/run_record.ts";
import type { Style } from "../output.ts";

/** How a run ended, with a sign and in a colour that tell it at a glance. */
export function statusText(status: RunStatus, style: Style): string {
  if (status === "succeeded") return style.green(`✓ ${status}`);
  if (status === "failed") return style.red(`✗ ${status}`);
  return style.yellow(`● ${status}`);
}
