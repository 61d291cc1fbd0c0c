import { deepEqual, ok } from "node:assert/strict";
import { loadedWith } from "./loaded_modules.ts";

/** Of what datastores are made of, what is loaded with a module. */
async function datastoreModules(path: string): Promise<string[]> {
  const loaded = [...await loadedWith(path)];
  return loaded.filter((module) => /^src\/[^/]+\/datastores\//.test(module));
}

for (const path of ["src/cli/mod.ts", "src/infrastructure/persistence/repository_finder.ts"]) {
  Deno.test(`nobody who names a datastore pays for one: ${path}`, async () => {
    deepEqual(await datastoreModules(path), []);
  });
}

for (const name of ["repository_layout", "file_locks", "file_data_store", "yaml_run_store"]) {
  Deno.test(`${name}.ts needs to know the names of the folders, and no more`, async () => {
    const loaded = await datastoreModules(`src/infrastructure/persistence/${name}.ts`);
    ok(
      loaded.every((module) => module === "src/domain/datastores/datastore_folders.ts"),
      `${loaded}`,
    );
  });
}

Deno.test("what opens a datastore does load them", async () => {
  const loaded = await datastoreModules("src/infrastructure/datastores/open_datastore.ts");
  ok(loaded.includes("src/infrastructure/datastores/extension_datastore.ts"));
});

Deno.test("what keeps code of extensions in check is loaded with the first of it", async () => {
  const loaded = await loadedWith("src/cli/mod.ts");
  for (const module of ["cli/datastore_guard", "cli/console_redirection"]) {
    ok(!loaded.has(`src/${module}.ts`), module);
  }
});
