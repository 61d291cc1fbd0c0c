import { deepEqual, equal, match } from "node:assert/strict";
import { Database } from "@db/sqlite";
import { CAN_MAKE_READ_ONLY, whileReadOnly } from "../persistence/read_only_folder.ts";
import { type CatalogShelf, withCatalog } from "./cataloged_data.ts";

/** What may happen to the file of a catalog, and whether somebody has to be told. */
const DAMAGE: Readonly<
  Record<string, {
    readonly damage: (shelf: CatalogShelf) => Promise<unknown> | unknown;
    readonly warns: boolean;
  }>
> = {
  "deleted": { damage: ({ file }) => Deno.remove(file), warns: false },
  "empty": { damage: ({ file }) => Deno.writeTextFile(file, ""), warns: false },
  "garbage": {
    damage: ({ file }) => Deno.writeTextFile(file, "garbage ".repeat(1000)),
    warns: true,
  },
  "cut off": { damage: ({ file }) => Deno.truncate(file, 5000), warns: true },
  "a folder": {
    damage: async ({ file }) => {
      await Deno.remove(file);
      await Deno.mkdir(file);
    },
    warns: true,
  },
  "of another layout": {
    damage: ({ file }) => {
      Deno.removeSync(file);
      using other = new Database(file);
      other.exec(
        "PRAGMA journal_mode = WAL; CREATE TABLE catalog (id); INSERT INTO catalog VALUES (1)",
      );
    },
    warns: false,
  },
  "missing a table": {
    damage: ({ file }) => {
      using catalog = new Database(file);
      catalog.exec("DROP TABLE catalog");
    },
    warns: true,
  },
};

for (const [what, { damage, warns }] of Object.entries(DAMAGE)) {
  Deno.test(`a catalog that is ${what} is filled again`, () =>
    withCatalog(async (shelf) => {
      const { put, found, warnings, file } = shelf;
      await put("main", "x");
      deepEqual(await found(), [["main", 1]]);
      await damage(shelf);
      deepEqual(await found(), [["main", 1]]);
      equal(warnings.length, warns ? 1 : 0, warnings.join("\n"));
      warnings.forEach((warning) => match(warning, /^The data catalog is damaged and made anew: /));
      equal((await Deno.stat(file)).isFile, true);
      deepEqual(await found(), [["main", 1]]);
      equal(warnings.length, warns ? 1 : 0, warnings.join("\n"));
    }));
}

Deno.test("what a row holds is never believed against the file", () =>
  withCatalog(async ({ put, query, found, file }) => {
    await put("main", "x");
    await found();
    using catalog = new Database(file);
    catalog.exec("UPDATE catalog SET tags = '{', metadata_stat = ''");
    deepEqual(await found('name == "main"'), [["main", 1]]);
    catalog.exec("UPDATE catalog SET model_name = 'lie', metadata_stat = ''");
    deepEqual((await query('modelName == "lie"')).results, []);
    deepEqual((await query("true", { select: "modelName" })).results, ["t1"]);
  }));

Deno.test("while another process writes, the files are read and somebody is told", () =>
  withCatalog(async ({ put, found, file, warnings }) => {
    await put("main", "x");
    await found();
    using other = new Database(file);
    other.exec("BEGIN EXCLUSIVE");
    deepEqual(await found(), [["main", 1]]);
    deepEqual(warnings, ["Doing without the data catalog: another process is using it"]);
    other.exec("ROLLBACK");
    deepEqual(await found(), [["main", 1]]);
    equal(warnings.length, 1);
  }));

Deno.test({
  name: "a repository that can only be read is served from memory, without a word",
  ignore: !CAN_MAKE_READ_ONLY,
  fn: () =>
    withCatalog(async ({ put, found, layout, warnings }) => {
      await put("main", "x");
      await whileReadOnly(layout.root, async () => deepEqual(await found(), [["main", 1]]));
      deepEqual((await Array.fromAsync(Deno.readDir(layout.data))).map(({ name }) => name), [
        "@acme",
      ]);
      await found();
      await put("main", "y");
      await whileReadOnly(layout.root, async () => deepEqual(await found(), [["main", 2]]));
      deepEqual(warnings, []);
    }),
});

Deno.test("damaged data are told of and hide no other", () =>
  withCatalog(async ({ put, found, damaged }) => {
    await put("healthy", "x");
    const { path } = await put("broken", "x");
    await Deno.writeTextFile(`${path}/metadata.yaml`, "");
    for (let time = 1; time <= 2; time++) {
      deepEqual(await found(), [["healthy", 1]]);
      equal(damaged.length, time);
    }
    equal(damaged[0]?.path, `${path}/metadata.yaml`);
  }));

Deno.test("metadata under a wrong name count for the folder that they lie in", () =>
  withCatalog(async ({ put, found }) => {
    const { path } = await put("main", "x");
    const text = await Deno.readTextFile(`${path}/metadata.yaml`);
    await Deno.writeTextFile(`${path}/metadata.yaml`, text.replace("name: main", "name: other"));
    deepEqual(await found(), [["main", 1]]);
  }));

Deno.test("looking for data where there are none creates nothing", () =>
  withCatalog(async ({ found, layout }) => {
    deepEqual(await found(), []);
    deepEqual((await Array.fromAsync(Deno.readDir(layout.root))).map(({ name }) => name), [
      "models",
    ]);
  }));

Deno.test("ten processes that fill a catalog at once all find everything", () =>
  withCatalog(async ({ put, found, warnings }) => {
    for (let name = 0; name < 50; name++) await put(`name-${name}`, "x");
    const all = await Promise.all(Array.from({ length: 10 }, () => found()));
    deepEqual(all.map((names) => names.length), Array.from({ length: 10 }, () => 50));
    deepEqual(warnings, []);
  }));
