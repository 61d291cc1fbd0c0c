import { deepEqual, equal } from "node:assert/strict";
import type { PathStep } from "../../../../src/domain/expressions/references.ts";
import { schemaPathProblem } from "../../../../src/domain/expressions/schema_path.ts";

const SCHEMA = {
  type: "object",
  properties: {
    a: { type: ["number", "null"] },
    list: { type: "array", items: { $ref: "#/$defs/item" } },
    pair: { type: "array", prefixItems: [{ type: "string" }, { type: "object" }] },
    anything: {},
    either: { anyOf: [{ $ref: "#/$defs/item" }, { type: "null" }] },
    record: { type: "object", additionalProperties: { $ref: "#/$defs/item" } },
    tree: { $ref: "#" },
  },
  additionalProperties: false,
  $defs: {
    item: { type: "object", properties: { id: { type: "string" } }, additionalProperties: false },
  },
};

const problem = (...steps: (string | number)[]) =>
  schemaPathProblem(
    SCHEMA,
    steps.map((step): PathStep => typeof step === "string" ? { key: step } : { index: step }),
  );

Deno.test("paths that some data allow are no problem", () => {
  const paths = [
    ["a"],
    ["list", 0, "id"],
    ["pair", 1, "x"],
    ["anything", "x", 1],
    ["either", "id"],
    ["record", "any", "id"],
    ["tree", "tree", "list", 2, "id"],
  ];
  for (const path of paths) equal(problem(...path), undefined, path.join("/"));
});

Deno.test("a property that is not there is named with those that are", () => {
  deepEqual(problem("lst"), {
    problem: 'Property "lst" not found',
    key: "lst",
    available: ["a", "list", "pair", "anything", "either", "record", "tree"],
  });
  deepEqual(problem("list", 0, "idd"), {
    problem: 'Property "idd" not found at path "list[0]"',
    key: "idd",
    available: ["id"],
  });
  equal(problem("either", "x")?.problem, 'Property "x" not found at path "either"');
  equal(problem("a", "x")?.problem, 'Property "x" not found at path "a"');
});

Deno.test("an index needs a list", () => {
  equal(problem("a", 0)?.problem, 'Cannot use array index [0] on non-array type at path "a"');
  equal(problem(0)?.problem, "Cannot use array index [0] on non-array type");
});
