import assert from "node:assert/strict";
import type { Definition } from "../../../../src/domain/models/definition.ts";
import { requireNoExpressions } from "../../../../src/libswamp/models/unsupported_expressions.ts";

const DEFINITION: Definition = {
  type: "@acme/thing",
  id: "2ed368ef-ec52-41ca-9585-7cdcef9c1823",
  name: "t1",
  version: 1,
  tags: {},
  globalArguments: {},
  methods: {},
};

Deno.test("an expression that the run needs is named with its place", () => {
  const globalArguments = { list: [{ key: "a ${{ vault.get(v, k) }}" }] };
  assert.throws(() => requireNoExpressions({ ...DEFINITION, globalArguments }, "sync", {}), {
    code: "expressions_not_supported",
    message: 'Expressions are not supported yet: globalArguments.list[0].key of "t1" is ' +
      "${{ vault.get(v, k) }}. Replace it with its value to run the method.",
  });
});

Deno.test("expressions are found in inputs, tags and arguments of the method", () => {
  const expression = "${{ 1 }}";
  const methods = { sync: { arguments: { n: expression } } };
  assert.throws(() => requireNoExpressions(DEFINITION, "sync", { a: expression }), /inputs\.a/);
  assert.throws(
    () => requireNoExpressions({ ...DEFINITION, tags: { t: expression } }, "sync", {}),
    /tags\.t/,
  );
  assert.throws(
    () => requireNoExpressions({ ...DEFINITION, methods }, "sync", {}),
    /methods\.sync\.arguments\.n/,
  );
});

Deno.test("expressions of other methods do not matter", () => {
  const methods = { other: { arguments: { n: "${{ 1 }}" } } };
  requireNoExpressions({ ...DEFINITION, methods }, "sync", { a: "$HOME {{x}}" });
});
