import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import fc from "fast-check";
import { evaluateExpression, parseExpression } from "../../../../src/domain/expressions/cel.ts";
import { celLiteral } from "../../../../src/domain/expressions/cel_literal.ts";
import { LateValue } from "../../../../src/domain/expressions/late_value.ts";
import { textOf } from "../../../../src/domain/expressions/plain_value.ts";

const evaluate = (source: string, variables: Record<string, unknown> = {}) =>
  evaluateExpression(parseExpression(source, Object.keys(variables)), variables);

Deno.test("integers divide as integers, numbers of data as numbers, and both mix", async () => {
  const inputs = { n: 5 };
  equal(await evaluate("7 / 2"), 3);
  equal(await evaluate("7.0 / 2.0"), 3.5);
  equal(await evaluate("inputs.n / 2", { inputs }), 2.5);
  equal(await evaluate("2 - inputs.n", { inputs }), -3);
  equal(await evaluate("inputs.n % 2 + inputs.n * 2", { inputs }), 11);
});

Deno.test("text and numbers do not mix, nor do the members of a list or map", () => {
  for (const source of ['"a" + 1', "{'a': 1, 'b': 'x'}", "[1, 'x']"]) {
    throws(() => parseExpression(source), { kind: "value" }, source);
  }
});

Deno.test("a mistake is told with its place in the source and what was probably meant", () => {
  const mistakes: readonly (readonly [string, string, string, number])[] = [
    ["1 +", "syntax", "Unexpected token: EOF", 3],
    ["", "syntax", "The expression is empty", 0],
    ["1 + modle.x", "value", 'Unknown variable: modle. Did you mean "model"?', 4],
    ["data.lates('a', 'b')", "value", 'Unknown function: lates. Did you mean "latest"?', 0],
    ["data.latest('a')", "value", "The function latest cannot be called with (string)", 0],
    ["vault.get(a, b) + modle", "value", 'Unknown variable: modle. Did you mean "model"?', 18],
  ];
  for (const [source, kind, message, index] of mistakes) {
    throws(() => parseExpression(source), { kind, message, index }, source);
  }
});

Deno.test("what looks at a late value is told apart from what fails", async () => {
  const inputs = { late: new LateValue(), list: [new LateValue()], n: 1 };
  for (const source of ["inputs.late", "inputs.late == ''", "inputs.list", "[inputs.late]"]) {
    await rejects(evaluate(source, { inputs }), { kind: "late" }, source);
  }
  await rejects(evaluate("inputs.gone", { inputs }), { kind: "value" });
  equal(await evaluate("inputs.n", { inputs }), 1);
});

Deno.test("values become text as the contract says", () => {
  deepEqual([null, true, 1.5, "x", [1], {}].map(textOf), [
    "",
    "true",
    "1.5",
    "x",
    "[\n  1\n]",
    "{}",
  ]);
});

Deno.test("a group of functions is no value", async () => {
  await rejects(evaluate("data", { data: {} }), { kind: "value" });
});

Deno.test("plain data survive being written as CEL", async () => {
  const text = fc.string({ unit: "grapheme" });
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      text,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(text.filter((key) => key !== "__proto__"), tie("tree"), { maxKeys: 3 }),
    ),
  }));
  await fc.assert(fc.asyncProperty(tree, async (value) => {
    const literal = celLiteral(value);
    deepEqual(await evaluate(literal!), JSON.parse(JSON.stringify(value)));
  }));
});
