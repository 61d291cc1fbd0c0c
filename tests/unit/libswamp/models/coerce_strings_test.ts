import { deepEqual } from "node:assert/strict";
import { z } from "zod";
import { inputSchema } from "../../../../src/domain/extensions/describe.ts";
import { coerceStrings } from "../../../../src/libswamp/models/coerce_strings.ts";

function coerced(shape: z.ZodRawShape, values: Record<string, unknown>) {
  return coerceStrings(inputSchema(z.object(shape)), values);
}

const CASES: readonly [string, z.ZodType, unknown, unknown][] = [
  ["a number", z.number(), "1.5", 1.5],
  ["an integer", z.number().int(), "7", 7],
  ["a fraction for an integer, which the schema then refuses", z.number().int(), "1.7", 1.7],
  ["a negative number", z.number(), "-3", -3],
  ["an optional number", z.number().optional(), "1", 1],
  ["a nullable number", z.number().nullable(), "1", 1],
  ["a number with a default", z.number().default(3), "1", 1],
  ["true", z.boolean(), "true", true],
  ["false", z.boolean(), "false", false],
  ["JSON for a list", z.array(z.number()), "[1,2]", [1, 2]],
  ["JSON for a map", z.record(z.string(), z.number()), '{"a":1}', { a: 1 }],
  ["a nested value", z.object({ n: z.number() }), { n: "4" }, { n: 4 }],
  ["values of a record", z.record(z.string(), z.boolean()), { on: "true" }, { on: true }],
  ["items of a list", z.array(z.number()), ["1", "2"], [1, 2]],
];

for (const [what, type, given, expected] of CASES) {
  Deno.test(`text becomes ${what}`, () =>
    deepEqual(coerced({ x: type }, { x: given }).x, expected));
}

const KEPT: readonly [string, z.ZodType, unknown][] = [
  ["a string stays a string", z.string(), "1"],
  ["a choice that takes strings stays a string", z.union([z.string(), z.number()]), "1"],
  ["no number is made of words", z.number(), "ten"],
  ["no number is made of nothing", z.number(), " "],
  ["no number is infinite", z.number(), "Infinity"],
  ["booleans are written true and false only", z.boolean(), "yes"],
  ["expressions are not touched", z.number(), "${{ 1 + 2 }}"],
  ["a map is not taken for a list", z.array(z.number()), '{"a":1}'],
  ["broken JSON stays for the schema to refuse", z.array(z.number()), "[1"],
  ["values that are no strings are not touched", z.number(), true],
  ["an unknown type takes everything", z.unknown(), "1"],
];

for (const [what, type, given] of KEPT) {
  Deno.test(what, () => deepEqual(coerced({ x: type }, { x: given }).x, given));
}

Deno.test("unknown keys and a missing schema leave values alone", () => {
  deepEqual(coerced({}, { other: "1" }), { other: "1" });
  deepEqual(coerceStrings(undefined, { other: "1" }), { other: "1" });
});

Deno.test("a schema that refers to itself ends", () => {
  const schema = {
    type: "object",
    properties: {
      child: { $ref: "#" },
      n: { type: "number" },
      loop: { $ref: "#/properties/loop" },
    },
  };
  deepEqual(coerceStrings(schema, { child: { child: { n: "1" } }, loop: "1" }), {
    child: { child: { n: 1 } },
    loop: "1",
  });
});

Deno.test("arguments that are one of several maps are converted as any of them asks", () => {
  const circle = {
    type: "object",
    properties: { kind: { const: "circle" }, r: { type: "number" } },
  };
  const named = { type: "object", properties: { kind: { const: "named" }, r: { type: "string" } } };
  const square = {
    type: "object",
    properties: { kind: { const: "square" }, a: { type: "number" } },
  };
  const given = { kind: "circle", r: "1", a: "2" };
  deepEqual(coerceStrings({ anyOf: [circle, square] }, given), { kind: "circle", r: 1, a: 2 });
  deepEqual(coerceStrings({ oneOf: [circle, named] }, given), given);
  deepEqual(coerceStrings({ allOf: [circle, square] }, given), { kind: "circle", r: 1, a: 2 });
});

Deno.test("alternatives that refer to themselves end", () => {
  const schema = { anyOf: [{ $ref: "#" }, { properties: { n: { type: "number" } } }] };
  deepEqual(coerceStrings(schema, { n: "1" }), { n: 1 });
});
