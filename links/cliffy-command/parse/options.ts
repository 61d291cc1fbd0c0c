import { isNegated, optionKey } from "../definition/names.ts";
import {
  conflictingOption,
  dependingOption,
  missingRequiredOption,
  unknownRelatedOption,
} from "../errors.ts";
import type { Option } from "../types.ts";
import type { ParseContext } from "./context.ts";
import { mapValue } from "./scan.ts";
import { resolveDefault } from "./value.ts";

/** What the checks of options look at. */
export interface OptionState {
  context: ParseContext;
  /** All options of the command. */
  options: Option[];
  /** Values of environment variables under the names of options. */
  env: ReadonlyMap<string, unknown>;
}

/**
 * Checks what options demand of each other and that the required ones are there.
 *
 * @param allowMissing Required options may be missing.
 */
export function validateOptions(state: OptionState, allowMissing: boolean): void {
  for (const option of state.context.given.values()) {
    checkConflicts(state, option);
    checkDepends(state, option);
  }
  if (allowMissing) return;
  const missing = state.options.find((option) => isMissing(state, option));
  if (missing) throw missingRequiredOption(missing.name);
}

function checkConflicts(state: OptionState, option: Option): void {
  for (const name of option.conflicts ?? []) {
    const other = related("conflicting", name, state.options);
    if (isGiven(state, other)) throw conflictingOption(option.name, other.name);
  }
}

function checkDepends({ context, options, env }: OptionState, option: Option): void {
  for (const name of option.depends ?? []) {
    const other = related("required", name, options);
    const key = optionKey(other.name);
    const hasValue = context.values.has(key) || env.has(key) || other.default !== undefined;
    if (!hasValue) throw dependingOption(option.name, other.name);
  }
}

/** A required option need not be there when one that it conflicts with is. */
function isMissing(state: OptionState, option: Option): boolean {
  const key = optionKey(option.name);
  if (!option.required || option.default !== undefined) return false;
  if (state.context.values.has(key) || state.env.has(key)) return false;
  const conflicts = option.conflicts ?? [];
  return !conflicts.some((name) => isGiven(state, related("conflicting", name, state.options)));
}

function isGiven({ context, env }: OptionState, option: Option): boolean {
  return context.given.has(option.name) || env.has(optionKey(option.name));
}

function related(relation: "required" | "conflicting", name: string, options: Option[]): Option {
  const option =
    options.find((candidate) => candidate.name === name || candidate.aliases.includes(name)) ??
      options.find((candidate) => optionKey(candidate.name) === optionKey(name));
  if (!option) throw unknownRelatedOption(relation, name, options);
  return option;
}

/** The options object for the command's action: given values over the environment over defaults. */
export function finalOptions({ context, options, env }: OptionState): Record<string, unknown> {
  const values = new Map([...env, ...context.values]);
  const keys = new Set(
    options.filter((option) => !isNegation(option)).map((option) => optionKey(option.name)),
  );
  for (const option of options) {
    const key = optionKey(option.name);
    if (values.has(key)) continue;
    if (option.default !== undefined) {
      const value = resolveDefault(option.default);
      values.set(key, option.value && !option.collect ? mapValue(option, value, undefined) : value);
    } else if (isNegation(option) && !keys.has(key)) {
      values.set(key, true);
    }
  }
  return nest(values);
}

/** `--no-x` alone means that `x` is true unless the flag is given. */
function isNegation(option: Option): boolean {
  return isNegated(option.name) && option.args.length === 0;
}

/** Dotted keys as nested objects. */
function nest(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of values) {
    const parts = key.split(".");
    const last = parts.pop()!;
    let target = result;
    for (const part of parts) {
      target = (target[part] ??= {}) as Record<string, unknown>;
    }
    target[last] = value;
  }
  return result;
}
