/**
 * Texts that stand for secrets outside of definitions: in data, where sensitive fields were stored
 * (contract: authoring 3.5), and in the inputs of a run (4.6).
 *
 * @module
 */
import type { ParsedExpression } from "../../domain/expressions/cel.ts";
import { LateValue, replaceLateValues } from "../../domain/expressions/late_value.ts";
import { expressionsIn, joinTemplate } from "../../domain/expressions/template.ts";
import { isSecretReference } from "../../domain/vaults/secret_reference.ts";
import type { DataRecord } from "../data/data_record.ts";
import { replaceTexts } from "./text_mapping.ts";

type Attributes = DataRecord["attributes"];

/** Attributes with a late value in the place of each secret. */
export function lateSecrets(attributes: Attributes): Attributes {
  return replaceTexts(
    attributes,
    (text) => isSecretReference(text) ? new LateValue({ template: text }) : text,
  ) as Attributes;
}

/** Puts secrets into attributes. */
export function revealedSecrets(
  reveal: (late: LateValue) => Promise<unknown>,
): (attributes: Attributes) => Promise<Attributes> {
  return async (attributes) =>
    await replaceLateValues(lateSecrets(attributes), reveal) as Attributes;
}

/** Reads the source of an expression. */
export type Parse = (source: string) => ParsedExpression;

/**
 * Inputs of a run as templates: of the expressions in them only `vault.get` is one, everything else
 * stands for itself.
 */
export function inputTemplates(inputs: unknown, parse: Parse): unknown {
  return replaceTexts(inputs, (text) => joinTemplate(inputParts(text, parse)));
}

/** Inputs of a run as values of the variable `inputs`. */
export function inputValues(inputs: unknown, parse: Parse): unknown {
  return replaceTexts(inputs, (text) => {
    const parts = inputParts(text, parse);
    return parts.every((part) => typeof part === "string")
      ? text
      : new LateValue({ template: joinTemplate(parts) });
  });
}

function inputParts(
  text: string,
  parse: Parse,
): (string | { readonly template: string })[] {
  const parts: (string | { readonly template: string })[] = [];
  let at = 0;
  for (const expression of expressionsIn(text)) {
    if (!isSecret(expression.source, parse)) continue;
    parts.push(text.slice(at, expression.start), { template: expression.text });
    at = expression.start + expression.text.length;
  }
  return [...parts, text.slice(at)].filter((part) => part !== "");
}

function isSecret(source: string, parse: Parse): boolean {
  try {
    const { roots } = parse(source).references;
    return roots.size === 1 && roots.has("vault");
  } catch {
    return false;
  }
}
