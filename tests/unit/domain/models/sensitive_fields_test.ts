import assert from "node:assert/strict";
import { z, type ZodType } from "zod";
import { outputSchema } from "../../../../src/domain/extensions/describe.ts";
import { maskSensitive, sensitivePaths } from "../../../../src/domain/models/sensitive_fields.ts";

const secret = z.string().meta({ sensitive: true });

function paths(schema: ZodType, data: unknown): string[] {
  return sensitivePaths(outputSchema(schema), data);
}

Deno.test("fields are sensitive wherever in a chain of modifiers that was said", () => {
  const schema = z.object({
    a: secret.optional(),
    b: z.string().nullable().meta({ sensitive: true }),
    c: secret.default("x"),
    d: z.string(),
  });
  assert.deepEqual(paths(schema, { a: "1", b: "2", c: "3", d: "4" }), ["a", "b", "c"]);
});

Deno.test("a sensitive field without a value is no secret", () => {
  assert.deepEqual(paths(z.object({ a: secret.optional() }), { a: null }), []);
  assert.deepEqual(paths(z.object({ a: secret.optional() }), {}), []);
});

Deno.test("maps, lists, records and unions are searched", () => {
  const schema = z.object({
    nested: z.object({ key: secret }),
    list: z.array(z.object({ key: secret })),
    record: z.record(z.string(), secret),
    union: z.union([z.object({ key: secret }), z.number()]),
    lazy: z.lazy(() => z.object({ key: secret })),
  });
  const data = {
    nested: { key: "1" },
    list: [{ key: "2" }, { key: "3" }],
    record: { x: "4" },
    union: { key: "5" },
    lazy: { key: "6" },
  };
  assert.deepEqual(paths(schema, data).sort(), [
    ...["lazy.key", "list[0].key", "list[1].key", "nested.key", "record.x", "union.key"],
  ]);
});

Deno.test("schemas that refer to themselves are followed as deep as the data is", () => {
  const tree: ZodType = z.object({
    key: secret,
    get child() {
      return tree.optional();
    },
  });
  assert.deepEqual(paths(tree, { key: "1", child: { key: "2" } }), ["key", "child.key"]);
});

Deno.test("sensitive values are masked in a copy, everything else stays", () => {
  const schema = outputSchema(z.object({ key: secret, n: z.number() }));
  const data = { key: "s3cret", n: 1, other: { key: "kept" } };
  assert.deepEqual(maskSensitive(schema, data), { ...data, key: "***" });
  assert.equal(data.key, "s3cret");
});
