import type { ParsedExpression } from "../../domain/expressions/cel.ts";
import { expressionsIn } from "../../domain/expressions/template.ts";
import type { Definition } from "../../domain/models/definition.ts";
import { pathText, type ValuePath } from "./text_mapping.ts";

/** A place where a definition reads an environment variable. */
export interface EnvironmentUse {
  /** `globalArguments.home` */
  readonly path: string;
  readonly envVar: string;
}

/** Every use of an environment variable in the arguments of a definition. */
export function environmentUses(
  { globalArguments, methods }: Pick<Definition, "globalArguments" | "methods">,
  parse: (source: string) => ParsedExpression,
): EnvironmentUse[] {
  return usesIn({ globalArguments, methods }, [], parse);
}

function usesIn(
  value: unknown,
  path: ValuePath,
  parse: (source: string) => ParsedExpression,
): EnvironmentUse[] {
  if (typeof value === "string") {
    const names = expressionsIn(value).flatMap(({ source }) => namesIn(source, parse));
    return [...new Set(names)].map((envVar) => ({ path: pathText(path), envVar }));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    usesIn(member, [...path, Array.isArray(value) ? Number(key) : key], parse)
  );
}

function namesIn(source: string, parse: (source: string) => ParsedExpression): string[] {
  try {
    return parse(source).references.paths.flatMap(({ root, steps: [step] }) =>
      root === "env" && step !== undefined && "key" in step ? [step.key] : []
    );
  } catch {
    return [];
  }
}
