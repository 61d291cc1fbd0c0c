import { deepEqual, equal } from "node:assert/strict";
import type { Definition } from "../../../../src/domain/models/definition.ts";
import {
  definitionDocument,
  readDefinition,
  unknownFields,
} from "../../../../src/domain/models/definition_document.ts";

const ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";
const MINIMAL = { id: ID, name: "web", version: 1 };

function problemsOf(document: unknown, folderType: string | undefined = "command/shell"): string[] {
  return (readDefinition(document, folderType).problems ?? []).map(({ message }) => message);
}

Deno.test("a definition needs an id, a name and a version; the rest has defaults", () => {
  deepEqual(readDefinition(MINIMAL, "command/shell").definition, {
    type: "command/shell",
    ...MINIMAL,
    tags: {},
    globalArguments: {},
    methods: {},
  });
  deepEqual(problemsOf({}), ["id is missing", "name is missing", "version is missing"]);
});

Deno.test("the type of the file wins over that of the folder, and is normalised", () => {
  const { definition } = readDefinition({ ...MINIMAL, type: "AWS::EC2::VPC" }, "command/shell");
  equal(definition?.type, "aws/ec2/vpc");
});

Deno.test("a file without a type outside of any type's folder is refused", () => {
  deepEqual(readDefinition(MINIMAL).problems, [{
    path: ["type"],
    message: "type is missing, and the file lies in no type's folder",
  }]);
});

Deno.test("a numeric type version counts as absent", () => {
  equal(
    readDefinition({ ...MINIMAL, typeVersion: 2026.01 }, "a").definition?.typeVersion,
    undefined,
  );
});

const REFUSED: readonly [string, Record<string, unknown>, string][] = [
  ["an id that is no UUID", { id: "web" }, "id must be a UUID"],
  ["a number as name", { name: 7 }, "name must be a string; put it in quotes: '7'"],
  [
    "a name that leaves its folder",
    { name: "../x" },
    "name must not contain '..', '\\', '/' or null bytes",
  ],
  ["a version of zero", { version: 0 }, "version must be a positive integer"],
  ["a version in quotes", { version: "1" }, "version must be a positive integer"],
  ["a tag that is no text", { tags: { n: 5 } }, "tags.n must be a string; put it in quotes: '5'"],
  ["tags that are a list", { tags: ["a"] }, "tags must be a map"],
  ["global arguments that are text", { globalArguments: "a" }, "globalArguments must be a map"],
  ["a method that is text", { methods: { sync: "x" } }, "methods.sync must be a map"],
  [
    "method arguments that are a list",
    { methods: { sync: { arguments: [] } } },
    "methods.sync.arguments must be a map",
  ],
  ["checks that are no lists", { checks: { skip: "a" } }, "checks.skip must be a list"],
  [
    "a required report without a name",
    { reports: { require: [{ methods: ["a"] }] } },
    "reports.require.0.name is missing",
  ],
  [
    "an input of an unknown type",
    { inputs: { properties: { x: { type: "date" } } } },
    "inputs.properties.x.type must be one of string, number, integer, boolean, array, object",
  ],
  ["a driver that is a map", { driver: {} }, "driver must be a string"],
];

for (const [what, fields, problem] of REFUSED) {
  Deno.test(`${what} is refused by the name of the field`, () => {
    deepEqual(problemsOf({ ...MINIMAL, ...fields }), [problem]);
  });
}

for (const [what, document] of [["nothing", null], ["a list", []], ["text", "x"]] as const) {
  Deno.test(`${what} is no definition`, () => equal(problemsOf(document).length, 1));
}

Deno.test("inputs without properties are the property list itself", () => {
  const { definition } = readDefinition({ ...MINIMAL, inputs: { env: { type: "string" } } }, "a");
  deepEqual(definition?.inputs, { properties: { env: { type: "string" } } });
});

Deno.test("inputs with further keywords keep them", () => {
  const inputs = { properties: { env: { type: "string", pattern: "^a" } }, required: ["env"] };
  deepEqual(readDefinition({ ...MINIMAL, inputs }, "a").definition?.inputs, inputs);
});

Deno.test("a document has its keys in the order of the format", () => {
  const definition: Definition = {
    name: "web",
    methods: {},
    driver: "raw",
    type: "a/b",
    version: 1,
    id: ID,
    globalArguments: {},
    typeVersion: "2026.01.02.1",
    tags: {},
  };
  deepEqual(Object.keys(definitionDocument(definition)), [
    "type",
    "typeVersion",
    "id",
    "name",
    "version",
    "tags",
    "globalArguments",
    "methods",
    "driver",
  ]);
});

Deno.test("unknown fields are named at every depth, with what was probably meant", () => {
  const document = {
    ...MINIMAL,
    globalArgument: {},
    methods: { sync: { argumnets: {} } },
    checks: { zzzzzzzzz: [] },
  };
  deepEqual(unknownFields(document), [
    'Unknown field "globalArgument". Did you mean "globalArguments"?',
    'Unknown field "methods.sync.argumnets". Did you mean "methods.sync.arguments"?',
    'Unknown field "checks.zzzzzzzzz".',
  ]);
  deepEqual(unknownFields(MINIMAL), []);
});
