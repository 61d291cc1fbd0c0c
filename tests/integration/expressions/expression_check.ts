/**
 * What the check `Expression paths` of `model validate` says.
 *
 * @module
 */
import { equal, ok } from "node:assert/strict";
import { validateModel } from "../../../src/libswamp/models/validate.ts";
import { BAG_TYPES, type ExpressionLab } from "./expression_lab.ts";

/** What the check says about a model; `undefined` where nothing is wrong. */
export async function expressionCheck(
  lab: ExpressionLab,
  name: string,
): Promise<string | undefined> {
  const { validations } = await validateModel(
    {
      ...lab,
      types: () => Promise.resolve(BAG_TYPES),
      repoDir: lab.layout.root,
      signal: () => new AbortController().signal,
    },
    name,
    { labels: [], method: undefined },
  );
  const found = validations.find((validation) => validation.name === "Expression paths");
  ok(found !== undefined);
  equal(found.passed, found.error === undefined);
  return found.error;
}

/** What it says, but for places, about a model with this one global argument. */
export async function problemOf(
  lab: ExpressionLab,
  expression: string,
): Promise<string | undefined> {
  const name = `m${crypto.randomUUID()}`;
  await lab.define(name, `globalArguments:\n  x: ${JSON.stringify(expression)}\n`);
  const lines = (await expressionCheck(lab, name))?.split("\n");
  return lines?.filter((line) => !/^ {4}at models\/.*\.yaml:\d+:\d+$/.test(line)).join("\n");
}
