import { deepEqual, equal, rejects } from "node:assert/strict";
import { dataVersions } from "../../../src/libswamp/data/versions.ts";
import { MODEL_ID, withShelf } from "./stored_data.ts";

Deno.test("versions come newest first, the highest is the latest", () =>
  withShelf(async (shelf) => {
    const [one, two] = [await shelf.put("main", "one"), await shelf.put("main", "three")];
    deepEqual(await dataVersions(shelf, "t1", "main"), {
      ...{ dataName: "main", modelId: MODEL_ID, modelName: "t1", modelType: "@acme/thing" },
      versions: [two, one].map(({ metadata: { version, createdAt, size, checksum } }) => ({
        ...{ version, createdAt, size, checksum },
        ...{ isLatest: version === 2, lifecycle: "active" },
      })),
      total: 2,
    });
  }));

Deno.test("that data were deleted or renamed is a version too", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "one");
    await shelf.put("main", "{}", { lifecycle: "deleted", renamedTo: "other" });
    const { versions } = await dataVersions(shelf, "t1", "main");
    deepEqual(versions.map(({ lifecycle, renamedTo }) => [lifecycle, renamedTo]), [
      ["deleted", "other"],
      ["active", undefined],
    ]);
  }));

Deno.test("a damaged version is left out, the others stay", () =>
  withShelf(async (shelf) => {
    for (const text of ["one", "two", "three"]) await shelf.put("main", text);
    const { path } = (await shelf.data.get(
      { type: "@acme/thing", modelId: MODEL_ID },
      "main",
      2,
    ))!;
    await Deno.writeTextFile(`${path}/metadata.yaml`, "[");
    const { versions, total } = await dataVersions(shelf, "t1", "main");
    deepEqual(versions.map(({ version }) => version), [3, 1]);
    equal(total, 2);
  }));

Deno.test("a name without versions is not found", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "one");
    await rejects(dataVersions(shelf, "t1", "mian"), {
      code: "data_not_found",
      message: 'Data not found: "mian" for model "t1"',
      fields: { hint: 'Did you mean "main"?' },
    });
    await rejects(dataVersions(shelf, "t1", "../x"), {
      code: "invalid_data_name",
      message: /^Data name must not contain .*: "\.\.\/x"$/,
    });
    await rejects(dataVersions(shelf, "zz", "main"), { code: "model_not_found" });
  }));

Deno.test("five hundred versions are all listed", () =>
  withShelf(async (shelf) => {
    for (let version = 1; version <= 500; version++) await shelf.put("main", String(version));
    const { versions, total } = await dataVersions(shelf, "t1", "main");
    equal(total, 500);
    deepEqual([versions[0]?.version, versions[499]?.version], [500, 1]);
  }));
