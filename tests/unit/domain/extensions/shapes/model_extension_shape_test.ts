/**
 * What `export const extension` may be (contract: authoring 1.2).
 *
 * @module
 */
import { deepEqual, equal, throws } from "node:assert/strict";
import { z } from "zod";
import { parseModelExtension } from "../../../../../src/domain/extensions/shapes/model_extension_shape.ts";

const METHOD = { description: "Does it", arguments: z.object({}), execute: () => ({}) };
const CHECK = { description: "Looks", execute: () => ({ pass: true }) };

Deno.test("methods and checks are lists of records, which become one", () => {
  const { methods, checks } = parseModelExtension({
    type: "@acme/x",
    methods: [{ a: METHOD, b: METHOD }, { c: METHOD }],
    checks: [{ x: CHECK }, { y: CHECK }],
  });
  deepEqual([Object.keys(methods), Object.keys(checks)], [["a", "b", "c"], ["x", "y"]]);
});

Deno.test("plain records will do, too", () => {
  const { methods, checks } = parseModelExtension({
    type: "@acme/x",
    methods: { a: METHOD },
    checks: { x: CHECK },
  });
  deepEqual([Object.keys(methods), Object.keys(checks)], [["a"], ["x"]]);
});

Deno.test("there may be no methods and no checks at all", () => {
  const { methods, checks } = parseModelExtension({ type: "@acme/x", methods: [] });
  deepEqual([methods, checks], [{}, {}]);
});

Deno.test("version, global arguments and reports of an extension mean nothing", () => {
  const { type } = parseModelExtension({
    type: "AWS::EC2::VPC",
    methods: [],
    version: "none",
    globalArguments: 3,
    reports: 3,
  });
  equal(type, "aws/ec2/vpc");
});

const REFUSED: readonly (readonly [string, Record<string, unknown>, string])[] = [
  [
    "a method that is there twice",
    { methods: [{ q: METHOD }, { q: METHOD }] },
    "Duplicate method name 'q' within extension methods array",
  ],
  [
    "a check that is there twice",
    { methods: [], checks: [{ q: CHECK }, { q: CHECK }] },
    "Duplicate check name 'q' within extension checks array",
  ],
  [
    "methods that are neither",
    { methods: 5 },
    "methods: Invalid input: expected record, received number",
  ],
  [
    "no type",
    { type: undefined, methods: [] },
    "type: Invalid input: expected string, received undefined",
  ],
];

for (const [what, fields, message] of REFUSED) {
  Deno.test(`${what} is refused`, () => {
    throws(() => parseModelExtension({ type: "@acme/x", ...fields }), { message });
  });
}
