import assert from "node:assert/strict";
import fc from "fast-check";
import { sortInputs } from "../../../../src/libswamp/models/method_inputs.ts";

const NONE: ReadonlySet<string> = new Set();

Deno.test("without a schema every input is meant for the method", () => {
  assert.deepEqual(sortInputs(undefined, { a: "1" }, NONE), { declared: {}, others: { a: "1" } });
});

Deno.test("declared inputs are converted and completed, the others are left alone", () => {
  const schema = {
    properties: {
      count: { type: "integer" },
      on: { type: "boolean" },
      region: { type: "string", default: "eu" },
      list: { type: "array" },
    },
  };
  assert.deepEqual(sortInputs(schema, { count: "3", on: "true", list: "[1]", run: "5" }, NONE), {
    declared: { count: 3, on: true, region: "eu", list: [1] },
    others: { run: "5" },
  });
});

Deno.test("a required input is only missed when the method refers to it", () => {
  const schema = { properties: { region: { type: "string" } }, required: ["region"] };
  assert.deepEqual(sortInputs(schema, {}, NONE).declared, {});
  assert.throws(() => sortInputs(schema, {}, new Set(["region"])), {
    code: "invalid_inputs",
    message: "Input validation failed:\n  region is required",
  });
});

Deno.test("a default is a value of its own for every run", () => {
  const schema = { properties: { list: { type: "array", default: [1] } } };
  const first = sortInputs(schema, {}, NONE).declared.list as number[];
  first.push(2);
  assert.deepEqual(sortInputs(schema, {}, NONE).declared.list, [1]);
});

Deno.test("numbers and booleans survive being written as text", () => {
  const schema = { properties: { n: { type: "number" }, b: { type: "boolean" } } };
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(fc.property(numbers, fc.boolean(), (n, b) => {
    const { declared } = sortInputs(schema, { n: String(n), b: String(b) }, NONE);
    assert.deepEqual(declared, { n: n === 0 ? 0 : n, b });
  }));
});

Deno.test("no text makes the check of inputs crash", () => {
  const types = fc.constantFrom("string", "number", "integer", "boolean", "array", "object");
  fc.assert(fc.property(types, fc.string({ unit: "binary" }), (type, text) => {
    try {
      sortInputs({ properties: { x: { type } } }, { x: text }, NONE);
    } catch (error) {
      assert.equal((error as { code?: string }).code, "invalid_inputs");
    }
  }));
});
