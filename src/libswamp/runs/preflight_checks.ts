/**
 * Checks that a type runs before a method changes something (contract: authoring 7.4).
 *
 * @module
 */
import { closest } from "../../domain/closest.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import { isMutating } from "../../domain/models/method_kind.ts";
import type { CheckDefinition, ModelType } from "../../domain/models/model_type.ts";
import type { MethodRun } from "./method_run.ts";

/** Which checks the command line leaves out. */
export interface CheckFilter {
  readonly skipAll: boolean;
  readonly skipNames: readonly string[];
  readonly skipLabels: readonly string[];
}

/** A check by name. */
export interface NamedCheck {
  readonly name: string;
  readonly check: CheckDefinition;
}

/**
 * Refuses names and labels that no check of the type carries (contract: IMP-42).
 *
 * @throws {UserError} `unknown_check`, `unknown_check_label`
 */
export function requireKnownChecks(type: ModelType, filter: CheckFilter): void {
  const names = Object.keys(type.checks);
  const labels = [...new Set(Object.values(type.checks).flatMap((check) => check.labels ?? []))];
  requireAll(filter.skipNames, names, (name, rest) =>
    new UserError(
      "unknown_check",
      `Unknown check "${name}" for type "${type.raw}". ${rest("checks")}`,
    ));
  requireAll(filter.skipLabels, labels, (label, rest) =>
    new UserError(
      "unknown_check_label",
      `No check of type "${type.raw}" has the label "${label}". ${rest("labels")}`,
    ));
}

/** The checks that apply to a run of a method, in the order of the type. */
export function applicableChecks(
  { type, definition, methodName, kind }: MethodRun,
  filter: CheckFilter,
): NamedCheck[] {
  if (!isMutating(kind)) return [];
  return Object.entries(type.checks)
    .filter(([name, check]) => applies(name, check, definition, methodName, filter))
    .map(([name, check]) => ({ name, check }));
}

/**
 * Runs checks one after the other.
 *
 * @throws {UserError} `checks_failed` that lists every check that does not pass.
 */
export async function runChecks(
  { definition, methodName }: MethodRun,
  checks: readonly NamedCheck[],
  context: Partial<MethodContext>,
): Promise<void> {
  const failed: { readonly name: string; readonly errors: readonly string[] }[] = [];
  for (const { name, check } of checks) {
    const errors = await checkErrors(check, context);
    if (errors.length > 0) failed.push({ name, errors });
  }
  if (failed.length === 0) return;
  const lines = failed.flatMap(({ name, errors }) => [
    `  ${name}:`,
    ...errors.map((error) => `    - ${error}`),
  ]);
  throw new UserError(
    "checks_failed",
    `Pre-flight checks failed for "${definition.name}" → ${methodName}:\n${lines.join("\n")}`,
    { fields: { checks: failed } },
  );
}

/** What the definition requires cannot be left out by flags; what it skips never runs. */
function applies(
  name: string,
  { appliesTo, labels = [] }: CheckDefinition,
  { checks: chosen }: Definition,
  methodName: string,
  { skipAll, skipNames, skipLabels }: CheckFilter,
): boolean {
  if (chosen?.skip?.includes(name)) return false;
  if (appliesTo !== undefined && !appliesTo.includes(methodName)) return false;
  if (chosen?.require?.includes(name)) return true;
  return !skipAll && !skipNames.includes(name) &&
    !labels.some((label) => skipLabels.includes(label));
}

/** Runs one check: what it complains of, nothing when it passes. A check that throws complains. */
export async function checkErrors(
  check: CheckDefinition,
  context: Partial<MethodContext>,
): Promise<readonly string[]> {
  let result: unknown;
  try {
    result = await check.execute(context);
  } catch (error) {
    return [messageOf(error)];
  }
  const { pass, errors } = (result ?? {}) as { pass?: unknown; errors?: unknown };
  if (typeof pass !== "boolean") {
    return ["Check returned invalid result (expected { pass: boolean })"];
  }
  if (pass) return [];
  const texts = Array.isArray(errors) ? errors.map(String) : [];
  return texts.length === 0 ? ["Check failed"] : texts;
}

function requireAll(
  wanted: readonly string[],
  known: readonly string[],
  failure: (name: string, rest: (what: string) => string) => UserError,
): void {
  for (const name of wanted) {
    if (known.includes(name)) continue;
    const meant = closest(name, known);
    const suggestion = meant === undefined ? "" : `Did you mean "${meant}"? `;
    throw failure(name, (what) => `${suggestion}Available ${what}: ${known.join(", ") || "none"}`);
  }
}
