import { equal } from "node:assert/strict";
import { parseExpression } from "../../../../src/domain/expressions/cel.ts";
import { LateValue } from "../../../../src/domain/expressions/late_value.ts";
import { residualSource } from "../../../../src/domain/expressions/residual.ts";

const VARIABLES = {
  inputs: {
    n: 5,
    text: 'a "b"',
    list: ["x"],
    secret: new LateValue({ template: "${{ vault.get(v, k) }}" }),
    later: new LateValue(),
  },
  self: { name: "web" },
};

const residual = (source: string) => residualSource(parseExpression(source), VARIABLES);

const CASES: readonly (readonly [string, string | undefined])[] = [
  ["env.HOME + inputs.text", 'env.HOME + dyn("a \\"b\\"")'],
  ["env.HOME + string(inputs.n + 1)", 'env.HOME + dyn("6")'],
  ["env.HOME + 'x'", undefined],
  ["has(inputs.gone) ? inputs.gone : env.HOME", "dyn(false) ? inputs.gone : env.HOME"],
  ["inputs.list.map(i, i + env.HOME)", 'dyn([dyn("x")]).map(i, i + env.HOME)'],
  ["['a'].map(i, i + self.name + env.HOME)", undefined],
  ["inputs.secret + 'x'", "(vault.get(v, k)) + 'x'"],
  ["inputs.later + self.name", 'inputs.later + dyn("web")'],
  ["env[self.name]", 'env[dyn("web")]'],
];

for (const [source, expected] of CASES) {
  Deno.test(`of ${source} remains ${expected ?? "everything"}`, async () =>
    equal(await residual(source), expected));
}
