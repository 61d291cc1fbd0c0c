/**
 * What `export const model` may be, and the texts of its defects (contract: authoring 1.1).
 *
 * @module
 */
import { deepEqual, equal, throws } from "node:assert/strict";
import { z } from "zod";
import { parseModel } from "../../../../../src/domain/extensions/shapes/model_shape.ts";

const METHOD = { description: "Does it", arguments: z.object({}), execute: () => ({}) };
const MODEL = { type: "@acme/x", version: "2026.01.02.1", methods: { run: METHOD } };
const UPGRADE = { toVersion: "2026.01.02.1", description: "d", upgradeAttributes: () => ({}) };
const zod3 = { _def: {}, safeParse: () => ({}) };

function textOf(fields: Record<string, unknown>): string {
  try {
    parseModel({ ...MODEL, ...fields });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The model was accepted");
}

const DEFECTS: Readonly<Record<string, { fields: Record<string, unknown>; text: string }>> = {
  "no type": {
    fields: { type: undefined },
    text: "Missing required 'type' field. Add a namespaced type identifier.\n\n" +
      'Example:\n  type: "@myorg/my-model",',
  },
  "a version that is no date": {
    fields: { version: "2026.02.30.1" },
    text: "Missing or invalid 'version' field. Use CalVer format: YYYY.MM.DD.MICRO.\n\n" +
      'Example:\n  version: "2026.02.10.1",',
  },
  "no methods": {
    fields: { methods: undefined },
    text: "Missing required 'methods' field. Add at least one method to your model.\n\n" +
      "Example:\n  methods: { run: { description, arguments: z.object({}), execute } },",
  },
  "a method without arguments": {
    fields: { methods: { run: { ...METHOD, arguments: undefined } } },
    text: "Missing or invalid 'arguments' on method definition. Add a Zod schema to validate " +
      'method arguments. Method "run" has none.\n\nExample:\n' +
      "  arguments: z.object({ name: z.string() }),",
  },
  "arguments of zod 3": {
    fields: { methods: { run: { ...METHOD, arguments: zod3 } } },
    text: "Missing or invalid 'arguments' on method definition. Add a Zod schema to validate " +
      'method arguments. Method "run" uses a schema of zod 3, which is not supported; import ' +
      "zod 4.\n\nExample:\n  arguments: z.object({ name: z.string() }),",
  },
  "a method without a description": {
    fields: { methods: { run: { ...METHOD, description: undefined } } },
    text: "methods.run.description: required",
  },
  "a method without execute": {
    fields: { methods: { run: { ...METHOD, execute: undefined } } },
    text: "methods.run.execute: required",
  },
  "a kind that there is not": {
    fields: { methods: { run: { ...METHOD, kind: "destroyer" } } },
    text: 'methods.run.kind: Invalid option: expected one of "create"|"read"|"update"|"delete"|' +
      '"list"|"action"',
  },
  "a type of one segment": {
    fields: { type: "single" },
    text: "Model type 'single' must have at least 2 segments. Expected format: " +
      "@<collective>/<name> or <collective>/<name> (e.g., @myorg/my-model or myorg/my-model)",
  },
  "a collective alone": {
    fields: { type: "@acme" },
    text: "Model type '@acme' must have at least 2 segments. Expected format: " +
      "@<collective>/<name> or <collective>/<name> (e.g., @myorg/my-model or myorg/my-model)",
  },
  "global arguments that are no schema": {
    fields: { globalArguments: { region: "string" } },
    text: "globalArguments: Invalid input",
  },
  "a resource of which everything is wrong": {
    fields: { resources: { a: { schema: 1, lifetime: "soon" } } },
    text: "resources.a.schema: Invalid input; resources.a.lifetime: Duration must match pattern " +
      "like '1h', '5m', '10d', '2w', '1mo', '10y'; resources.a.garbageCollection: Invalid input",
  },
  "a retention of no time": {
    fields: {
      resources: { a: { schema: z.any(), lifetime: "infinite", garbageCollection: "0d" } },
    },
    text: "resources.a.garbageCollection: Garbage collection duration must be greater than zero",
  },
  "a file of which nothing is right": {
    fields: { files: { a: { lifetime: "1h", garbageCollection: 0 } } },
    text: "files.a.contentType: Invalid input: expected string, received undefined; " +
      "files.a.garbageCollection: Too small: expected number to be >0",
  },
  "lists in the place of maps, and the reverse": {
    fields: { checks: [], reports: "cost" },
    text: "checks: Invalid input: expected record, received array; " +
      "reports: Invalid input: expected array, received string",
  },
  "an upgrade to something that is no version": {
    fields: { upgrades: [{ ...UPGRADE, toVersion: "2" }] },
    text: "upgrades.0.toVersion: toVersion must be valid CalVer (YYYY.MM.DD.MICRO)",
  },
  "upgrades that end before the version": {
    fields: { upgrades: [{ ...UPGRADE, toVersion: "2026.01.01.1" }] },
    text: 'Last upgrade toVersion "2026.01.01.1" does not match model version "2026.01.02.1" for ' +
      'model type "@acme/x"',
  },
  "upgrades that go backwards": {
    fields: { upgrades: [UPGRADE, { ...UPGRADE, toVersion: "2026.01.01.1" }] },
    text: 'Upgrades for model type "@acme/x" are not in chronological order: "2026.01.02.1" must ' +
      'be before "2026.01.01.1"',
  },
};

for (const [defect, { fields, text }] of Object.entries(DEFECTS)) {
  Deno.test(`${defect} is refused in the words of the contract`, () => {
    equal(textOf(fields), text);
  });
}

Deno.test("of several missing fields, arguments are told first, then type, version and methods", () => {
  const methods = { run: { ...METHOD, arguments: undefined } };
  const wrong = { type: undefined, version: undefined };
  equal(
    textOf({ ...wrong, methods }).split(".")[0],
    "Missing or invalid 'arguments' on method definition",
  );
  equal(textOf({ ...wrong, methods: undefined }).split(".")[0], "Missing required 'type' field");
  equal(
    textOf({ version: undefined, methods: undefined }).split(".")[0],
    "Missing or invalid 'version' field",
  );
});

for (const [what, exported] of Object.entries({ null: null, string: "x", function: () => ({}) })) {
  Deno.test(`an export that is a ${what} says so`, () => {
    throws(() => parseModel(exported), {
      message: `: Invalid input: expected object, received ${what}`,
    });
  });
}

Deno.test("fields that nobody knows are dropped at every level", () => {
  const extra = { inputsSchema: z.object({}), title: "T", icon: "x" };
  const spec = { schema: z.any(), lifetime: "infinite", garbageCollection: 10 };
  const model = parseModel({
    ...MODEL,
    ...extra,
    methods: { run: { ...METHOD, ...extra } },
    resources: { state: { ...spec, ...extra } },
    files: {
      log: { contentType: "text/plain", lifetime: "1h", garbageCollection: "2w", ...extra },
    },
    checks: { ok: { description: "d", execute: () => ({}), ...extra } },
    upgrades: [{ ...UPGRADE, ...extra }],
  });
  const names = (value: unknown) => Object.keys(value as object);
  const levels = [
    model,
    model.methods.run,
    model.resources.state,
    model.files.log,
    model.checks.ok,
    model.upgrades[0],
  ];
  deepEqual(levels.flatMap(names).filter((name) => name in extra), []);
});

Deno.test("a model may have no methods", () => {
  deepEqual(parseModel({ ...MODEL, methods: {} }).methods, {});
});

Deno.test("a type is normalised, and known as it was written", () => {
  const { type, raw } = parseModel({ ...MODEL, type: "AWS::EC2::VPC Test.Thing" });
  deepEqual([type, raw], ["aws/ec2/vpc/test/thing", "AWS::EC2::VPC Test.Thing"]);
});
