import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { rankTypes } from "../../../src/domain/extensions/type_ranking.ts";
import { typeRowKey } from "../../../src/infrastructure/persistence/extension_catalog_change.ts";
import { ExtensionCatalogStore } from "../../../src/infrastructure/persistence/extension_catalog_store.ts";

interface NamedType {
  readonly type: string;
  readonly description: string;
}

/** A catalog of model types. */
function catalogOf(types: readonly NamedType[]): ExtensionCatalogStore {
  const store = ExtensionCatalogStore.create(":memory:");
  store.commit({
    ...{ folders: [], files: [], packages: [], removed: [], meta: {} },
    indexed: types.map(({ type, description }, index) => ({
      source: {
        sourcePath: `${index}.ts`,
        rank: 0,
        ...{ folder: "models", package: "", configuration: "", state: "ok", batch: "b" },
        ...{ bundlePath: "b/x.js", error: "", transient: false, claims: "" },
      },
      ...{ imports: [], requires: [] },
      types: [{
        sourcePath: `${index}.ts`,
        kind: "model",
        ...{ type, raw: type, version: "2026.01.01.1", description, descriptor: "{}" },
      }],
    })),
    judge: (rows) => ({
      active: new Set(rows.map(({ sourcePath, kind }) => typeRowKey(sourcePath, kind))),
      problems: [],
    }),
  });
  return store;
}

Deno.test("people see the same types whether all or only the near ones are read", () => {
  const letters = fc.stringMatching(/^[abcé ]{0,5}$/);
  const type = fc.record({ type: fc.stringMatching(/^@?[abcé/]{1,9}$/), description: letters });
  const types = fc.uniqueArray(type, { maxLength: 40, selector: (one) => one.type });
  fc.assert(
    fc.property(types, fc.stringMatching(/^[abcAéÉ /%_']{0,7}$/), (all, query) => {
      using store = catalogOf(all);
      const ranked = (rows: readonly NamedType[]) =>
        rankTypes(
          rows.map(({ type, description }) => ({ normalized: type, description })),
          query,
        );
      deepEqual(ranked(store.typesNear("model", query)), ranked(store.types("model")));
    }),
  );
});

Deno.test("a query that is longer than any name is answered", () => {
  using store = catalogOf([{ type: "@a/b", description: "" }]);
  deepEqual(store.typesNear("model", "x".repeat(5000)).map(({ type }) => type), ["@a/b"]);
});

Deno.test("stat data of many files is read some at a time, each once", () => {
  using store = ExtensionCatalogStore.create(":memory:");
  const files = Array.from({ length: 1234 }, (_, index) => ({
    path: `${String(index).padStart(4, "0")}.ts`,
    ...{ stat: `s${index}`, hash: "h" },
  }));
  store.settle([], files);
  deepEqual([...store.fileStats()], files.map(({ path, stat }) => [path, stat]));
});
