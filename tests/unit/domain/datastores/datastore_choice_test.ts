import { deepEqual, equal, throws } from "node:assert/strict";
import {
  configOf,
  datastoreChoice,
  type DatastoreSettings,
  unknownDatastoreType,
} from "../../../../src/domain/datastores/datastore_choice.ts";

/** The choice where SWAMP_DATASTORE has a value. */
const named = (value: string, settings?: DatastoreSettings) =>
  datastoreChoice(settings, (name) => name === "SWAMP_DATASTORE" ? value : "/somewhere");

Deno.test("nobody who names a datastore has none, and an empty variable names none", () => {
  equal(datastoreChoice(undefined, () => undefined), undefined);
  equal(named(""), undefined);
});

Deno.test("the variable beats the settings as a whole", () => {
  const settings = { type: "filesystem", path: "/a", exclude: ["secrets"] };
  deepEqual(named("filesystem:/b", settings), {
    source: "SWAMP_DATASTORE",
    type: "filesystem",
    path: "/b",
  });
});

Deno.test("settings carry a folder, or a config", () => {
  deepEqual(named("", { type: "filesystem", path: "$HOME/x", directories: ["data"] }), {
    source: ".swamp.yaml",
    type: "filesystem",
    path: "/somewhere/x",
    directories: ["data"],
  });
  deepEqual(named("", { type: "@Acme/DS" }), {
    source: ".swamp.yaml",
    type: "@acme/ds",
    config: {},
  });
});

Deno.test("a path with colons and blanks is taken as it is", () => {
  equal(named("filesystem: /a b:c ")?.path, "/a b:c");
});

for (const text of ["foo", ":x", "filesystem:", "filesystem: ", "/data/x"]) {
  Deno.test(`SWAMP_DATASTORE=${JSON.stringify(text)} is no datastore`, () => {
    throws(() => named(text), {
      code: "invalid_datastore",
      message: `Invalid SWAMP_DATASTORE format: "${text}". ` +
        'Expected "filesystem:/path/to/dir" or "@scope/type:{...}".',
    });
  });
}

Deno.test("a config is read once its type is known", () => {
  const choice = named('@acme/ds:{"a":1}')!;
  equal(choice.config, '{"a":1}');
  deepEqual(configOf(choice), { a: 1 });
  for (const text of ["{", "[]", "7"]) {
    throws(() => configOf(named(`@acme/ds:${text}`)!), {
      message: `Invalid JSON config for datastore type "@acme/ds": ${text}`,
    });
  }
});

Deno.test("an unknown type is told in the words of who named it", () => {
  const message = (source: "SWAMP_DATASTORE" | ".swamp.yaml") =>
    unknownDatastoreType({ source, type: "x" }, ["filesystem", "@a/b"], []).message;
  equal(
    message("SWAMP_DATASTORE"),
    'Unknown datastore type: "x". Available types: filesystem, @a/b',
  );
  equal(
    message(".swamp.yaml"),
    'Unknown datastore type "x" in .swamp.yaml. Available types: filesystem, @a/b',
  );
});
