import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  chosenFolders,
  DATASTORE_FOLDERS,
} from "../../../../src/domain/datastores/datastore_folders.ts";

Deno.test("a datastore keeps all folders unless told", () => {
  deepEqual(chosenFolders({}), { folders: DATASTORE_FOLDERS, unknown: [] });
});

Deno.test("directories name what is kept, in whatever order", () => {
  const { folders } = chosenFolders({ directories: ["outputs", "data"] });
  deepEqual(folders, ["data", "outputs"]);
});

for (const word of ["secrets", "secrets/", "secrets/**", "./secrets", "sec*", "*ecrets"]) {
  Deno.test(`exclude takes out secrets when it says ${word}`, () => {
    const { folders, unknown } = chosenFolders({ exclude: [word] });
    deepEqual(folders, DATASTORE_FOLDERS.filter((folder) => folder !== "secrets"));
    deepEqual(unknown, []);
  });
}

Deno.test("what was compiled is known and never kept", () => {
  const directories = ["data", "bundles", "vault-bundles"];
  deepEqual(chosenFolders({ directories }), { folders: ["data"], unknown: [] });
});

Deno.test("words that name no folder are told", () => {
  const { unknown } = chosenFolders({ directories: ["data", "dta"], exclude: ["logs", "data/x"] });
  deepEqual(unknown, ["dta", "data/x"]);
});

Deno.test("what is excluded is never kept, whatever else is chosen", () => {
  const some = fc.subarray([...DATASTORE_FOLDERS]);
  fc.assert(fc.property(some, some, (directories, exclude) => {
    const { folders } = chosenFolders({ directories, exclude });
    const expected = directories.filter((folder) => !exclude.includes(folder));
    deepEqual([...folders].sort(), expected.sort());
  }));
});
