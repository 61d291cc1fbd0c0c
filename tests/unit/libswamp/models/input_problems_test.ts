import assert from "node:assert/strict";
import { inputProblems } from "../../../../src/libswamp/models/input_problems.ts";

/** Problems of one input `x` with a schema. */
function problemsOf(schema: Record<string, unknown>, x: unknown): string[] {
  return inputProblems({ properties: { x: schema } }, { x });
}

Deno.test("an input has the type that is declared", () => {
  assert.deepEqual(problemsOf({ type: "string" }, 1), ["x must be a string"]);
  assert.deepEqual(problemsOf({ type: "number" }, "a"), ["x must be a number"]);
  assert.deepEqual(problemsOf({ type: "boolean" }, "yes"), ["x must be a boolean"]);
  assert.deepEqual(problemsOf({ type: "array" }, {}), ["x must be a array"]);
  assert.deepEqual(problemsOf({ type: "object" }, []), ["x must be a object"]);
});

Deno.test("fractions are no integers", () => {
  assert.deepEqual(problemsOf({ type: "integer" }, 1.7), ["x must be an integer"]);
  assert.deepEqual(problemsOf({ type: "integer" }, 2), []);
});

Deno.test("null is no value, whatever the type", () => {
  assert.deepEqual(problemsOf({ type: "string" }, null), ["x cannot be null or undefined"]);
});

Deno.test("a choice lists what can be chosen", () => {
  assert.deepEqual(problemsOf({ enum: ["eu", "us"] }, "as"), ['x must be one of: "eu", "us"']);
});

Deno.test("lengths, patterns and limits are enforced", () => {
  assert.deepEqual(problemsOf({ type: "string", minLength: 3 }, "ab"), [
    "x must have at least 3 characters",
  ]);
  assert.deepEqual(problemsOf({ type: "string", maxLength: 1 }, "ab"), [
    "x must have at most 1 character",
  ]);
  assert.deepEqual(problemsOf({ type: "string", pattern: "^a+$" }, "b"), [
    "x must match the pattern ^a+$",
  ]);
  assert.deepEqual(problemsOf({ type: "number", minimum: 1, maximum: 2 }, 3), [
    "x must be at most 2",
  ]);
  assert.deepEqual(problemsOf({ type: "number", exclusiveMinimum: 0 }, 0), [
    "x must be greater than 0",
  ]);
  assert.deepEqual(problemsOf({ type: "number", multipleOf: 0.1 }, 0.3), []);
});

Deno.test("a pattern that is no regular expression is a problem, not a crash", () => {
  assert.deepEqual(problemsOf({ type: "string", pattern: "(" }, "b"), [
    "x has a pattern that is no regular expression: (",
  ]);
});

Deno.test("lists have the declared size, unique items and items of the declared type", () => {
  const list = { type: "array", items: { type: "string" } };
  assert.deepEqual(problemsOf({ ...list, minItems: 1 }, []), ["x must have at least 1 item"]);
  assert.deepEqual(problemsOf({ ...list, maxItems: 2 }, ["a", "b", "c"]), [
    "x must have at most 2 items",
  ]);
  assert.deepEqual(problemsOf({ ...list, uniqueItems: true }, ["a", "a"]), [
    "x must have unique items",
  ]);
  assert.deepEqual(problemsOf(list, [1, "a"]), ["x[0] must be a string"]);
});

Deno.test("what is required must be there, at every depth", () => {
  const schema = {
    required: ["name"],
    properties: { obj: { type: "object", required: ["k"], additionalProperties: false } },
  };
  assert.deepEqual(inputProblems(schema, { obj: { z: 1 } }), [
    "name is required",
    "obj.k is required",
    "obj.z is not a valid property",
  ]);
});

Deno.test("unknown inputs are refused only where the schema says so", () => {
  assert.deepEqual(inputProblems({ properties: {} }, { nope: 1 }), []);
  assert.deepEqual(inputProblems({ properties: {}, additionalProperties: false }, { nope: 1 }), [
    "nope is not a valid input property",
  ]);
  assert.deepEqual(
    inputProblems({ additionalProperties: { type: "number" } }, { nope: "x" }),
    ["nope must be a number"],
  );
});
