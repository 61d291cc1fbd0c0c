/**
 * What is wrong with the inputs that a definition declares, before anybody gives any (contract:
 * authoring 5.2).
 *
 * @module
 */
import type { JsonSchema } from "../../domain/extensions/descriptor.ts";
import type { Definition } from "../../domain/models/definition.ts";
import { referencedInputs } from "../expressions/input_uses.ts";
import { suggestion } from "../expressions/suggestion.ts";
import { inputProblems } from "./input_problems.ts";

/** Defaults that their own schema refuses, and patterns that are no regular expressions. */
export function declarationProblems({ inputs }: Definition): string[] {
  const properties = (inputs?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  return Object.entries(properties).flatMap(([name, property]) => [
    ...defaultProblems(name, property),
    ...patternProblems(name, property),
  ]);
}

/** Inputs that expressions refer to and the definition does not declare, one sentence each. */
export async function undeclaredInputs(
  { inputs, tags, globalArguments, methods, driver, driverConfig }: Definition,
): Promise<string[]> {
  const declared = Object.keys(inputs?.properties ?? {});
  if (declared.length === 0) return [];
  const used = await referencedInputs([tags, globalArguments, methods, driver, driverConfig]);
  return [...used].filter((name) => !declared.includes(name))
    .map((name) => `inputs.${name} is not declared${suggestion(name, declared, true)}`);
}

function defaultProblems(name: string, property: JsonSchema): string[] {
  if (property.default === undefined) return [];
  const { pattern: _, ...rest } = property;
  const schema = isPattern(property.pattern) ? property : rest;
  return inputProblems({ properties: { [name]: schema } }, { [name]: property.default })
    .map((problem) => `The default of input ${problem}`);
}

function patternProblems(name: string, { pattern }: JsonSchema): string[] {
  if (pattern === undefined || isPattern(pattern)) return [];
  return [`The pattern of input ${name} is no regular expression: ${String(pattern)}`];
}

function isPattern(pattern: unknown): boolean {
  if (typeof pattern !== "string") return false;
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}
