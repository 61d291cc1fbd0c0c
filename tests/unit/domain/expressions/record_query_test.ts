import { deepEqual, equal, throws } from "node:assert/strict";
import {
  readRecordQuery,
  RECORD_FIELDS,
  type RecordFields,
} from "../../../../src/domain/expressions/record_query.ts";

const RECORD: RecordFields = {
  ...{ id: "i", name: "main", version: 3, createdAt: "2026-11-20T17:31:07.967Z", size: 12 },
  ...{ attributes: { size: 4, ids: [1, 2] }, tags: { env: "dev" }, modelName: "web" },
  ...{ streaming: false, content: "text", lifecycle: "active" },
};

const value = (predicate: string) => readRecordQuery(predicate).predicate(RECORD);
const selected = (select: string) => readRecordQuery("true", select).select?.(RECORD);

/** Predicates that hold for {@linkcode RECORD}. */
const TRUE = [
  'name == "main"',
  'modelName == "web" && size > 10',
  "version == 3",
  "version + 1 == 4",
  "size / 2 == 6.0",
  'tags.env == "dev"',
  '"env" in tags',
  "attributes.size > 3",
  "attributes.ids.exists(id, id == 2)",
  "!has(attributes.color)",
  "name in ['main', 1]",
  'timestamp(createdAt) > timestamp("2026-01-01T00:00:00Z")',
  'content.contains("ex") && !streaming',
];

for (const predicate of TRUE) {
  Deno.test(`${predicate} holds`, () => equal(value(predicate), true));
}

Deno.test("a predicate that asks for what a record lacks has no value", () => {
  equal(value("attributes.color == 'red'"), undefined);
  equal(value("tags.region == 'eu'"), undefined);
});

Deno.test("the fields that are mentioned are known, bound variables and literals left out", () => {
  const { fields } = readRecordQuery(
    'attributes.ids.exists(id, id == 2) && name.startsWith("size")',
    "tags.env",
  );
  deepEqual([...fields].sort(), ["attributes", "name", "tags"]);
});

const equalities = (predicate: string) => readRecordQuery(predicate).equalities;

Deno.test("texts that every match must have are told", () => {
  deepEqual(equalities('modelName == "web" && "main" == name && size > 3'), [
    { field: "modelName", value: "web" },
    { field: "name", value: "main" },
  ]);
});

for (
  const predicate of [
    'modelName == "web" || name == "main"',
    '!(modelName == "web")',
    'modelName != "web"',
    "modelName == name",
    'content == "text"',
    'tags.env == "dev"',
    "version == 3",
    'attributes.exists(name, name == "web")',
    'modelName == "web" ? true : false',
  ]
) {
  Deno.test(`${predicate} tells none`, () => deepEqual(equalities(predicate), []));
}

Deno.test("a selection makes plain data", () => {
  equal(selected("size + 1"), 13);
  deepEqual(selected("{'n': name, 'v': 1}"), { n: "main", v: 1 });
  deepEqual(selected("attributes.ids.map(id, id * 2.0)"), [2, 4]);
});

Deno.test("a selection without a value is null", () => {
  equal(selected("attributes.color"), null);
});

Deno.test("an unknown field is refused with those that there are", () => {
  throws(() => readRecordQuery("bogus == 1"), {
    code: "invalid_query",
    message: `Unknown field "bogus" in query predicate.\nAvailable: ${
      [...RECORD_FIELDS].sort().join(", ")
    }`,
  });
  throws(() => readRecordQuery("true", "nmae"), {
    message: /^Unknown field "nmae" in query selection\.\n/,
    fields: { hint: 'Did you mean "name"?' },
  });
});

Deno.test("a mistake in the syntax is shown with its place", () => {
  throws(() => readRecordQuery("name =="), {
    code: "invalid_query",
    message: /^Unexpected token: EOF\n\n> +1 \| name ==\n +\^$/,
  });
});

Deno.test("types that can never go together are a mistake", () => {
  throws(() => readRecordQuery("name == 3"), { message: /^no such overload: string == int/ });
});

for (const predicate of ["name", "size(name)", "tags", "'yes'"]) {
  Deno.test(`the predicate ${predicate} can never be true`, () =>
    throws(() => readRecordQuery(predicate), {
      code: "invalid_query",
      message: /must be true or false/,
    }));
}
