/**
 * Evaluated definitions as values of the variables `self` and `model.<name>`.
 *
 * @module
 */
import type { ParsedExpression } from "../../domain/expressions/cel.ts";
import { LateValue } from "../../domain/expressions/late_value.ts";
import { expressionsIn, isTemplate, parseTemplate } from "../../domain/expressions/template.ts";
import type { Definition } from "../../domain/models/definition.ts";
import { type DefinitionView, rawView } from "./model_variable.ts";
import { pathText, replaceTexts } from "./text_mapping.ts";
import type { Unresolved } from "./unresolved.ts";

type Parse = (source: string) => ParsedExpression;

/** Variables that mean the same in every definition. */
const SHARED_ROOTS = new Set(["env", "vault", "model", "data", "file"]);

/** The inputs that a definition has when nobody gives it any. */
export function defaultInputs({ inputs }: Definition): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(inputs?.properties ?? {}).filter(([, property]) =>
      property.default !== undefined
    ).map(([name, property]) => [name, property.default]),
  );
}

/**
 * An evaluated definition as expressions see it.
 *
 * @param whose put behind the path of something that has no value: ` of "web"`, or nothing.
 */
export function evaluatedView(
  definition: Definition,
  { unresolved, parse, whose = "" }: {
    readonly unresolved: readonly Unresolved[];
    readonly parse: Parse;
    readonly whose?: string;
  },
): DefinitionView {
  const { tags, globalArguments } = definition;
  const valueOfText = (text: string) => {
    if (!isTemplate(text)) return text;
    const failed = unresolved.find(({ expression }) => text.includes(expression.text));
    if (failed === undefined) return valueOf(text, parse);
    const { path, error } = failed;
    return new LateValue({ reason: `${pathText(path)}${whose} has no value: ${error.message}` });
  };
  const values = replaceTexts({ tags, globalArguments }, valueOfText) as Pick<
    DefinitionView,
    "tags" | "globalArguments"
  >;
  return { ...rawView(definition), ...values };
}

function valueOf(template: string, parse: Parse): string | LateValue {
  const expressions = expressionsIn(template);
  if (expressions.length === 0) return parseTemplate(template).join("");
  const isShared = expressions.every(({ source, closed }) => closed && sharesRoots(source, parse));
  return new LateValue(isShared ? { template } : {});
}

function sharesRoots(source: string, parse: Parse): boolean {
  try {
    return parse(source).references.roots.isSubsetOf(SHARED_ROOTS);
  } catch {
    return false;
  }
}
