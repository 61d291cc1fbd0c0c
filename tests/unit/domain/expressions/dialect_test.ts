import { equal } from "node:assert/strict";
import fc from "fast-check";
import { toCel } from "../../../../src/domain/expressions/dialect.ts";

const REWRITTEN: readonly (readonly [string, string])[] = [
  ["model.my-vpc.resource.st.main.id", 'model["my-vpc"].resource.st.main.id'],
  [
    "model.web.resource.my-st.in-1.attributes.x",
    'model.web.resource["my-st"]["in-1"].attributes.x',
  ],
  [
    "model.2ed368ef-ec52-41ca-9585-7cdcef9c1823.input.name",
    'model["2ed368ef-ec52-41ca-9585-7cdcef9c1823"].input.name',
  ],
  ["1 + model.a-b.definition.name", '1 + model["a-b"].definition.name'],
  ["vault.get(my-vault, db/key)", 'vault.get("my-vault", "db/key")'],
  ["vault.get('v', `k 1`)", "vault.get('v', \"k 1\")"],
  ["vault.get(inputs.v, k)", 'vault.get("inputs.v", "k")'],
  ["'x' + vault.get(v, k)", '\'x\' + vault.get("v", "k")'],
  ['has(a["b"].c)', '("c" in (a["b"]))'],
  ["has(model.a-b.input.x)", '("x" in (model["a-b"].input))'],
  ["has(data.latest('m', 'n').attributes.x)", "(\"x\" in (data.latest('m', 'n').attributes))"],
];

for (const [source, cel] of REWRITTEN) {
  Deno.test(`${source} is ${cel}`, () => equal(toCel(source).text, cel));
}

Deno.test("what CEL understands stays as it is", () => {
  for (
    const source of [
      "model.web.resource.st.main.id",
      "model.a - model.b",
      "self.model.a-b.input",
      "'model.a-b.input'",
      "// vault.get(a, b)",
      'vault.get("v", "k")',
      'vault.get("v", inputs.k + "x")',
      "vault.get(v)",
      "has(inputs.x)",
      'has(a["b"])',
      "chas(a[0].b)",
    ]
  ) equal(toCel(source).text, source);
});

Deno.test("an index in the CEL is led back to where it comes from", () => {
  const source = "model.my-vpc.input.name + vault.get(a, b) + bogus";
  const { text, sourceIndex } = toCel(source);
  equal(sourceIndex(text.indexOf("bogus")), source.indexOf("bogus"));
  equal(sourceIndex(text.indexOf(".input")), source.indexOf(".input"));
  equal(sourceIndex(0), 0);
});

Deno.test("no source makes it fail, and every index stays inside of the source", () => {
  const word = fc.constantFrom(
    "model",
    ".",
    "a-b",
    "resource",
    "vault",
    "get",
    "(",
    ")",
    ",",
    "'",
    '"',
    "has",
    "[",
    "]",
    " ",
    "x",
  );
  fc.assert(fc.property(fc.array(word), (words) => {
    const source = words.join("");
    const { text, sourceIndex } = toCel(source);
    for (let index = 0; index <= text.length; index++) {
      const at = sourceIndex(index);
      equal(at >= 0 && at <= source.length, true);
    }
  }));
});
