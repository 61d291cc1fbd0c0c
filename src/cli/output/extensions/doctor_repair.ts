import type {
  DoctorDocument,
  RepairOutcome,
} from "../../../libswamp/extensions/doctor_document.ts";
import { columns } from "../columns.ts";
import { sizeText } from "../data/size.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/**
 * What a repair did or would do, as one part of the page; nothing if there was none. What is left to
 * the user is not in it: it stands where its problem is told.
 */
export function repairLines({ repair }: DoctorDocument, page: Page): string[] {
  if (repair === undefined) return [];
  const steps = repair.steps.filter(({ outcome }) => outcome !== "left");
  if (steps.length === 0) return ["Nothing to repair."];
  const title = repair.dryRun ? "A repair would" : "Repair";
  const rows = steps.map((step) => [
    outcomeMark(step, page),
    step.action,
    printable(step.path),
    reasonOf(step),
  ]);
  return [[page.style.bold(title), ...columns(rows, "  ")].join("\n")];
}

function reasonOf({ action, outcome, reason, bytes }: RepairOutcome): string {
  if (action === "retry" && outcome === "failed") return "still broken";
  return bytes === 0 ? reason : `${reason}, ${sizeText(bytes)}`;
}

function outcomeMark({ outcome }: RepairOutcome, { style }: Page): string {
  switch (outcome) {
    case "planned":
      return "·";
    case "done":
      return style.green("✓");
    case "failed":
      return style.red("✗");
    case "left":
      return "!";
  }
}
