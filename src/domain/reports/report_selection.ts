/**
 * Which reports run (contract: authoring 6.5). First the names decide, so that nothing need be known of
 * reports that nobody wants; then scope and labels.
 *
 * @module
 */
import { normalizeProviderName } from "../extensions/type_name.ts";
import type { ReportChoice, Selection } from "../models/definition.ts";

/** What the command line says about reports. */
export interface ReportFilter {
  readonly skipAll: boolean;
  readonly skipNames: readonly string[];
  readonly skipLabels: readonly string[];
  /** Only these, if there are any. */
  readonly names: readonly string[];
  /** Only those with one of these labels, if there are any. */
  readonly labels: readonly string[];
}

/** Where the names of reports come from that may run. */
export interface ReportWishes {
  /** Normalised names of the built-in reports of a scope that is asked for. */
  readonly builtIn: readonly string[];
  /** `reports` of the model type; none for a workflow. */
  readonly byType: readonly string[];
  /** `reports` of the definition or workflow. */
  readonly own: Selection<ReportChoice> | undefined;
  /** The method that ran, `undefined` for a workflow. */
  readonly methodName?: string;
}

/** A report that may run, as far as its name tells. */
export interface ReportCandidate {
  /** Normalised. */
  readonly name: string;
  /** Who named it; what definition or workflow require runs whatever the command line says. */
  readonly origin: "built-in" | "type" | "required";
}

/** Reports that definition or workflow require, with normalised names. */
function requiredReports(
  own: Selection<ReportChoice> | undefined,
): readonly { readonly name: string; readonly methods?: readonly string[] }[] {
  return (own?.require ?? []).map((entry) =>
    typeof entry === "string"
      ? { name: normalizeProviderName(entry) }
      : { ...entry, name: normalizeProviderName(entry.name) }
  );
}

/** Every report that is named at all, each once: built-in ones, those of the type, required ones. */
export function namedReports({ builtIn, byType, own }: ReportWishes): string[] {
  const required = requiredReports(own).map(({ name }) => name);
  return [...new Set([...builtIn, ...byType.map(normalizeProviderName), ...required])];
}

/**
 * The reports that names alone do not rule out, each once: first built-in ones, then those of the type,
 * then others that are required.
 */
export function reportCandidates(wishes: ReportWishes, filter: ReportFilter): ReportCandidate[] {
  if (filter.skipAll) return [];
  const { builtIn, own, methodName } = wishes;
  const required = requiredReports(own);
  const skipped = new Set(own?.skip?.map(normalizeProviderName));
  const candidates: ReportCandidate[] = [];
  for (const name of namedReports(wishes)) {
    if (skipped.has(name)) continue;
    const entries = required.filter((entry) => entry.name === name);
    const fits = entries.some(({ methods }) =>
      methods === undefined || methodName === undefined || methods.includes(methodName)
    );
    if (fits) candidates.push({ name, origin: "required" });
    else if (entries.length === 0 && isNamed(name, filter)) {
      candidates.push({ name, origin: builtIn.includes(name) ? "built-in" : "type" });
    }
  }
  return candidates;
}

/** Whether a candidate runs, by its labels. */
export function hasWantedLabels(
  { origin }: ReportCandidate,
  labels: readonly string[],
  filter: ReportFilter,
): boolean {
  if (origin === "required") return true;
  if (labels.some((label) => filter.skipLabels.includes(label))) return false;
  return filter.labels.length === 0 || labels.some((label) => filter.labels.includes(label));
}

function isNamed(name: string, { skipNames, names }: ReportFilter): boolean {
  if (skipNames.map(normalizeProviderName).includes(name)) return false;
  return names.length === 0 || names.map(normalizeProviderName).includes(name);
}
