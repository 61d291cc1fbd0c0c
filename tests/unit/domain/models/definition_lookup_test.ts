import { deepEqual, equal, match } from "node:assert/strict";
import {
  ambiguousModel,
  type FoundDefinition,
  matchDefinitions,
  modelNotFound,
} from "../../../../src/domain/models/definition_lookup.ts";

const found = (name: string, id: string): FoundDefinition => ({
  file: `models/${name}-${id.slice(0, 2)}.yaml`,
  definition: { type: "a", name, id, version: 1, tags: {}, globalArguments: {}, methods: {} },
});

const WEB = found("web", "abc11111-0000-4000-8000-000000000001");
const DB = found("db", "abc22222-0000-4000-8000-000000000002");
/** Called like the beginning of another one's id. */
const HEX = found("abc2", "ffff2222-0000-4000-8000-000000000003");
const ALL = [WEB, DB, HEX];

const matched = (argument: string) => matchDefinitions(ALL, argument);

Deno.test("an exact name comes before everything else", () => {
  deepEqual(matched("abc2"), { by: "name", matches: [HEX] });
});

Deno.test("names are case-sensitive, ids are not", () => {
  deepEqual(matched("WEB").matches, []);
  deepEqual(matched(DB.definition.id.toUpperCase()), { by: "id", matches: [DB] });
});

Deno.test("three hexadecimal digits of an id are enough if they are unambiguous", () => {
  deepEqual(matched("abc22"), { by: "prefix", matches: [DB] });
  deepEqual(matched("ABC11111-00"), { by: "prefix", matches: [WEB] });
  deepEqual(matched("fff").matches, [HEX]);
  deepEqual(matched("ff").matches, []);
});

Deno.test("an ambiguous beginning of an id lists the ids", () => {
  const error = ambiguousModel("abc", matched("abc"));
  equal(error.code, "ambiguous_model");
  equal(
    error.message,
    `Ambiguous ID prefix "abc" matches:\n  ${WEB.definition.id}\n  ${DB.definition.id}`,
  );
});

Deno.test("an ambiguous name lists the files", () => {
  const twin = found("web", "eeee1111-0000-4000-8000-000000000009");
  const error = ambiguousModel("web", matchDefinitions([WEB, twin], "web"));
  match(error.message, /^Ambiguous model name "web": models\/web-ab\.yaml, models\/web-ee\.yaml\./);
});

Deno.test("what is not found is suggested if it is near, and only then", () => {
  equal(modelNotFound("wbe", ["web", "db"], []).fields.hint, 'Did you mean "web"?');
  deepEqual(modelNotFound("zz", ["web", "db"], []).fields, {});
  equal(modelNotFound("zz", ["web"], []).message, "Model not found: zz");
});

Deno.test("a name that only a broken file carries is explained by that file", () => {
  const broken = {
    path: "/r/models/x.yaml",
    file: "models/x.yaml",
    reason: "line 2: bad",
    name: "x",
  };
  equal(
    modelNotFound("x", [], [broken]).message,
    "Model not found: x (models/x.yaml could not be read: line 2: bad)",
  );
});
