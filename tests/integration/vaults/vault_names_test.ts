import { deepEqual } from "node:assert/strict";
import { join } from "@std/path";
import { readVaultNames } from "../../../src/infrastructure/persistence/vault_names.ts";
import { createVaultStore } from "../../../src/infrastructure/persistence/yaml_vault_store.ts";
import { withRepository } from "../persistence/temporary_repository.ts";

/** The names by the reader, and by the store, of vault files with these texts. */
async function namesOf(texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  let names: string[][] = [];
  await withRepository(async (layout) => {
    await Deno.mkdir(join(layout.vaults, "deep", "er"), { recursive: true });
    for (const [at, text] of texts.entries()) {
      await Deno.writeTextFile(join(layout.vaults, "deep", "er", `${at}.yaml`), text);
    }
    await Deno.symlink(layout.vaults, join(layout.vaults, "circle"));
    const store = createVaultStore(layout, { report: () => {}, warn: () => {} });
    const { vaults } = await store.list();
    names = [readVaultNames(layout), vaults.map(({ vault }) => vault.name)];
  });
  return names;
}

const ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";
const vault = (name: string, createdAt: string, more = "config: {}\n") =>
  `id: ${ID}\nname: ${name}\ntype: environment\ncreatedAt: ${createdAt}\n${more}`;

Deno.test("without a folder of vaults there are no names", () =>
  withRepository((layout) => {
    deepEqual(readVaultNames(layout), []);
    return Promise.resolve();
  }));

Deno.test("names come in the order in which the store has the vaults", async () => {
  const [names, expected] = await namesOf([
    vault("b", "'2026-01-02T00:00:00Z'"),
    vault("c", "'2026-01-01T00:00:00Z'"),
    vault("a", "'2026-01-02T00:00:00Z'"),
  ]);
  deepEqual(names, ["c", "a", "b"]);
  deepEqual(names, expected);
});

Deno.test("files written by hand are read as the store reads them", async () => {
  const [names, expected] = await namesOf([
    vault('"quoted" # by hand', "2026-01-01T00:00:00Z", "config:\n  list: [1, 2]\n  name: inner\n"),
    vault("'it''s'", "2026-01-02T00:00:00Z", "config: {url: 'https://x'}\n# the end\n"),
    vault("two words   # a comment", "2026-01-03T00:00:00Z", "config:\n  text: |\n    name: no\n"),
  ]);
  deepEqual(names, ["quoted", "it's", "two words"]);
  deepEqual(names, expected);
});

Deno.test("files that are no vaults have no names", async () => {
  const [names, expected] = await namesOf([
    "name: [\n",
    "- a list\n",
    vault("7", "2026-01-01T00:00:00Z"),
    vault("a/b", "2026-01-01T00:00:00Z"),
    vault("fine", "2026-01-01T00:00:00Z"),
  ]);
  deepEqual(names, ["fine"]);
  deepEqual(names, expected);
});
