import assert from "node:assert/strict";
import { z, type ZodType } from "zod";
import { inputSchema, outputSchema } from "../../../../src/domain/extensions/describe.ts";
import {
  fieldText,
  maskSensitive,
  replacePlaces,
  sensitivePlaces,
} from "../../../../src/domain/models/sensitive_fields.ts";

const secret = z.string().meta({ sensitive: true });

function paths(schema: ZodType, data: unknown): string[] {
  return sensitivePlaces(outputSchema(schema), data).map(({ path }) => fieldText(path));
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

Deno.test("what is sensitive on either side of a pipe makes all of it sensitive", () => {
  const piped = {
    transformed: secret.transform((text) => text.length),
    inside: z.object({ key: secret }).transform((value) => value),
    preprocessed: z.preprocess((value) => value, secret),
    decoded: z.codec(secret, z.number(), { decode: Number, encode: String }),
  };
  for (const [name, schema] of Object.entries(piped)) {
    for (const describe of [inputSchema, outputSchema]) {
      const found = sensitivePlaces(describe(z.object({ field: schema })), { field: { key: 1 } })
        .map(({ path }) => fieldText(path));
      assert.match(found.join(), /^field(\.key)?$/, name);
    }
  }
});

Deno.test("a schema that contains itself behind a transformation is described", () => {
  const tree: ZodType = z.object({
    key: secret,
    get child() {
      return tree.transform((value) => value).optional();
    },
  });
  assert.deepEqual(paths(tree, { key: "1", child: {} }).sort(), ["child", "key"]);
});

Deno.test("a schema whose name has a slash in it is found", () => {
  const shared = z.object({ key: secret }).meta({ id: "acme/login" });
  const schema = z.object({ a: shared, b: shared });
  assert.deepEqual(paths(schema, { a: { key: "1" }, b: { key: "2" } }), ["a.key", "b.key"]);
  z.globalRegistry.remove(shared);
});

Deno.test("a value that several branches of a union call sensitive is one value", () => {
  const schema = z.union([
    z.object({ login: z.object({ key: secret }) }),
    z.object({ login: z.object({ key: z.string() }).meta({ sensitive: true }) }),
    z.object({ login: z.object({ key: secret }) }),
  ]);
  assert.deepEqual(sensitivePlaces(outputSchema(schema), { login: { key: "1" } }), [
    { path: ["login"], value: { key: "1" } },
  ]);
});

Deno.test("a place knows which vault and key its author wants", () => {
  const meta = { sensitive: true, vaultName: "prod", vaultKey: "db" };
  const schema = outputSchema(z.object({ key: z.string().meta(meta).optional() }));
  assert.deepEqual(sensitivePlaces(schema, { key: "1" }), [
    { path: ["key"], value: "1", vaultName: "prod", vaultKey: "db" },
  ]);
});

Deno.test("places are replaced in a copy, whatever the keys are called", () => {
  const data = JSON.parse('{"a.b":[{"__proto__":"x","n":1}],"c":"y"}');
  const schema = outputSchema(
    z.object({ "a.b": z.array(z.record(z.string(), z.any().meta({ sensitive: true }))) }),
  );
  const copy = replacePlaces(data, sensitivePlaces(schema, data), ({ value }) => [value]);
  assert.equal(JSON.stringify(copy), '{"a.b":[{"__proto__":["x"],"n":[1]}],"c":"y"}');
  assert.equal(JSON.stringify(data), '{"a.b":[{"__proto__":"x","n":1}],"c":"y"}');
});
