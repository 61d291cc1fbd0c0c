import { editDistance } from "../../domain/closest.ts";
import { messageOf } from "../../domain/errors.ts";
import type { ProviderTypes } from "../../domain/extensions/provider_types.ts";
import type { ReportScope } from "../../domain/reports/report.ts";
import {
  hasWantedLabels,
  type ReportCandidate,
  type ReportFilter,
} from "../../domain/reports/report_selection.ts";
import { builtInReport, type ReportTypesSource, type UsableReport } from "./report_types.ts";

/** A report that somebody asks for and that cannot run. */
export interface UnusableReport {
  readonly name: string;
  /** A sentence without a full stop. */
  readonly problem: string;
  /** Whether it is ignored, with a warning, rather than a failed report. */
  readonly isIgnored: boolean;
}

/** What is to be run, in this order, and what is not because it cannot. */
export interface ChosenReports {
  readonly usable: readonly UsableReport[];
  readonly unusable: readonly UnusableReport[];
}

/**
 * The reports among the candidates that run. Everything is decided by descriptors; extensions are only
 * looked at if a candidate is not built in.
 *
 * @param scopes those that run now, the first one first.
 * @param possible those that could ever run for whoever names the candidates.
 */
export async function chooseReports(
  candidates: readonly ReportCandidate[],
  { scopes, possible }: Record<"scopes" | "possible", readonly ReportScope[]>,
  filter: ReportFilter,
  openTypes: ReportTypesSource,
): Promise<ChosenReports> {
  const usable: UsableReport[] = [];
  const unusable: UnusableReport[] = [];
  const find = finder(candidates, openTypes);
  for (const candidate of candidates) {
    const found = await find(candidate);
    if ("problem" in found) unusable.push(found);
    else if (hasWantedLabels(candidate, found.descriptor.labels ?? [], filter)) {
      const { scope } = found.descriptor;
      if (possible.includes(scope!)) usable.push(found);
      else unusable.push(outOfPlace(candidate, scope!));
    }
  }
  const inOrder = scopes.flatMap((scope) =>
    usable.filter(({ descriptor }) => descriptor.scope === scope)
  );
  return { usable: inOrder, unusable };
}

/** Finds reports, opening the types at most once, and only if one is not built in. */
function finder(
  candidates: readonly ReportCandidate[],
  openTypes: ReportTypesSource,
): (candidate: ReportCandidate) => Promise<UsableReport | UnusableReport> {
  const needsTypes = candidates.some(({ name }) => builtInReport(name) === undefined);
  const opening = needsTypes ? openTypes().catch((error: unknown) => ({ error })) : undefined;
  return async (candidate) => {
    const builtIn = builtInReport(candidate.name);
    if (builtIn !== undefined) return builtIn;
    const types = await opening!;
    if (!("error" in types)) return extensionReport(candidate, types);
    const problem = `Report "${candidate.name}" cannot be looked up: ${messageOf(types.error)}`;
    return { name: candidate.name, problem, isIgnored: false };
  };
}

function extensionReport(
  { name, origin }: ReportCandidate,
  types: ProviderTypes,
): UsableReport | UnusableReport {
  const descriptor = types.describe(name);
  if (descriptor !== undefined) {
    return { descriptor, isBuiltIn: false, load: () => types.resolve(name) };
  }
  const failure = types.failureOf(name);
  if (failure !== undefined) {
    const [reason] = failure.error.split("\n");
    const problem = `Report "${name}" cannot be used: ${failure.source}: ${reason}`;
    return { name, problem, isIgnored: false };
  }
  const meant = types.summaries().map(({ normalized }) => normalized)
    .find((other) => editDistance(name, other, MOST_MISTAKES) <= MOST_MISTAKES);
  const suggestion = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return {
    name,
    problem: `Report "${name}" is not installed${suggestion}`,
    isIgnored: origin !== "required",
  };
}

/** More than so many wrong letters make another name: nobody has just typed this one. */
const MOST_MISTAKES = 2;

function outOfPlace({ name }: ReportCandidate, scope: ReportScope): UnusableReport {
  const problem = `Report "${name}" has scope ${scope}, so it does not run here`;
  return { name, problem, isIgnored: true };
}
