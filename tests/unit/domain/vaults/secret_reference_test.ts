import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { parseExpression } from "../../../../src/domain/expressions/cel.ts";
import { parseTemplate } from "../../../../src/domain/expressions/template.ts";
import {
  isSecretReference,
  parseReference,
  referenceText,
} from "../../../../src/domain/vaults/secret_reference.ts";

Deno.test("a reference is read back as it was written", () => {
  const name = fc.string({ unit: "grapheme" });
  fc.assert(fc.property(name, name, (vault, key) => {
    deepEqual(parseReference(referenceText({ vault, key })), { vault, key });
  }));
});

Deno.test("a reference is an expression with the same meaning, whatever quotes are in the names", () => {
  for (const vault of ["main", "it's", 'say "hi"', "back\\slash", "a}} b"]) {
    const text = referenceText({ vault, key: "k" });
    const [expression, ...rest] = parseTemplate(text);
    equal(rest.length, 0);
    const source = typeof expression === "string" ? "" : expression!.source;
    const [call] = parseExpression(source).references.calls;
    deepEqual(call?.arguments, [vault, "k"]);
  }
});

Deno.test("only a whole text is a reference, in either kind of quotes", () => {
  equal(isSecretReference("${{ vault.get('v', 'k') }}"), true);
  equal(isSecretReference('${{vault.get("v","k")}}'), true);
  for (
    const text of [
      "x ${{ vault.get('v', 'k') }}",
      "$${{ vault.get('v', 'k') }}",
      "${{ vault.get(v, k) }}",
      "${{ vault.get('v', 'k') + 'x' }}",
    ]
  ) {
    equal(isSecretReference(text), false, text);
    equal(parseReference(text), undefined, text);
  }
});
