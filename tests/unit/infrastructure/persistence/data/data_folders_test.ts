import { deepEqual, equal } from "node:assert/strict";
import { folderPlace } from "../../../../../src/infrastructure/persistence/data/data_folders.ts";

const ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";
const SCOPE = { type: "@acme/thing", modelId: ID };

Deno.test("folders above an id are parts of a type", () => {
  deepEqual(folderPlace("@acme"), { kind: "type" });
  deepEqual(folderPlace("@acme/thing"), { kind: "type" });
});

Deno.test("the first folder called like an id is a model's", () => {
  deepEqual(folderPlace(`@acme/thing/${ID}`), { kind: "model", scope: SCOPE });
});

Deno.test("a folder called like an id cannot be all of a type", () => {
  deepEqual(folderPlace(ID), { kind: "type" });
});

Deno.test("below a model's folder are those of names, whatever they are called", () => {
  for (const name of ["main", ID, "a b", ".hidden"]) {
    deepEqual(folderPlace(`@acme/thing/${ID}/${name}`), { kind: "name", scope: SCOPE, name });
  }
});

Deno.test("hidden types, what is being removed and what is inside a name's folder mean nothing", () => {
  equal(folderPlace(".cache/x"), undefined);
  equal(folderPlace(`@acme/thing/${ID}/.removed-${ID}`), undefined);
  equal(folderPlace(`@acme/thing/${ID}/main/1`), undefined);
});
