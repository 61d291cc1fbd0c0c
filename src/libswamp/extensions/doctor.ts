import type { ExtensionHealth, HealthReport } from "../../domain/extensions/extension_health.ts";
import { type RepairStep, repairSteps } from "../../domain/extensions/repair_steps.ts";
import {
  type DoctorDocument,
  doctorDocument,
  isFailure,
  type RepairOutcome,
  type Transition,
} from "./doctor_document.ts";
import { STATE_TAGS } from "./state_tags.ts";

/** What is asked of the doctor. */
export interface DoctorOptions {
  /** Whether to read every file instead of trusting stat data. */
  readonly verify: boolean;
  /** Whether to repair: `plan` only says what that would do. */
  readonly repair?: "plan" | "do" | undefined;
}

/**
 * Compares the extension catalog with the disk, and with `repair: "do"` puts right what can be. Unless
 * it repairs, it changes nothing.
 *
 * @returns what is so now, that is after the repair
 */
export async function examineExtensions(
  health: ExtensionHealth,
  { verify, repair }: DoctorOptions,
): Promise<DoctorDocument> {
  const before = await health.look({ verify });
  const steps = repairSteps(before);
  if (repair === undefined) return doctorDocument(before);
  if (repair === "plan") {
    const planned = steps.map((step): RepairOutcome => ({
      ...step,
      outcome: step.action === "manual" ? "left" : "planned",
    }));
    return {
      ...doctorDocument(before),
      repair: { dryRun: true, steps: planned },
    };
  }
  await health.repair(before);
  const after = await health.look({ verify });
  return {
    ...doctorDocument(after),
    recentTransitions: transitions(before, after),
    repair: { dryRun: false, steps: outcomes(steps, after) },
  };
}

/**
 * A step has succeeded when there is no reason for it any more. What came up only by repairing, and is
 * left to the user, is among the outcomes too.
 */
function outcomes(steps: readonly RepairStep[], after: HealthReport): RepairOutcome[] {
  const keyOf = ({ action, path }: RepairStep) => `${action}:${path}`;
  const left = repairSteps(after);
  const needed = new Set(left.map(keyOf));
  const taken = steps.filter(({ action }) => action !== "manual");
  return [
    ...taken.map((step): RepairOutcome => ({
      ...step,
      outcome: needed.has(keyOf(step)) ? "failed" : "done",
    })),
    ...left.filter(({ action }) => action === "manual")
      .map((step): RepairOutcome => ({ ...step, outcome: "left" })),
  ];
}

function transitions(before: HealthReport, after: HealthReport): Transition[] {
  const [from, to] = [statesOf(before), statesOf(after)];
  const pending = new Map(before.pending.map(({ source, change }) => [source, change]));
  const retried = new Set(before.sources.filter(isFailure).map(({ source }) => source));
  return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((sourcePath) => {
    const fromState = from.get(sourcePath) ?? null;
    const toState = to.get(sourcePath) ?? null;
    if (fromState === toState) return [];
    const reason =
      TRANSITION_REASONS[pending.get(sourcePath) ?? (retried.has(sourcePath) ? "retry" : "other")];
    return [{ sourcePath, fromState, toState, reason }];
  });
}

const TRANSITION_REASONS = {
  new: "new source found on disk",
  changed: "source changed",
  gone: "source is gone",
  retry: "built again",
  other: "another source changed",
} as const;

/** State tag of each source that is no helper. */
function statesOf({ sources }: HealthReport): Map<string, string> {
  return new Map(
    sources.flatMap(({ source, condition }) =>
      condition === "helper" ? [] : [[source, STATE_TAGS[condition]]]
    ),
  );
}
