import { deepEqual, match, rejects } from "node:assert/strict";
import { requireUnused, vaultUses } from "../../../src/libswamp/vaults/vault_uses.ts";
import { type Shelf, withShelf } from "../data/stored_data.ts";

/** A shelf whose model `t1` says `text` in an argument. */
async function withText(shelf: Shelf, text: string): Promise<void> {
  const stored = await shelf.definitions.find("t1");
  const globalArguments = { list: [{ text }] };
  await shelf.definitions.replace(stored, { ...stored.definition, globalArguments });
}

for (
  const text of [
    "${{ vault.get(main, k) }}",
    "x ${{ 'a' + vault.get('main', `k`) }}",
    '${{ vault . get( "main" , k ) }}',
    "${{ (vault.get(main, k) }}",
  ]
) {
  Deno.test(`a definition that says ${text} uses the vault`, () =>
    withShelf(async (shelf) => {
      await withText(shelf, text);
      deepEqual((await vaultUses(shelf, "main")).models, ["t1"]);
    }));
}

for (
  const text of [
    "vault.get(main, k)",
    "${{ vault.get(other, main) }}",
    "${{ 'vault.get(main, k)' }}",
    "$${{ vault.get(main, k) }}",
    "${{ main }}",
  ]
) {
  Deno.test(`a definition that says ${text} does not use the vault`, () =>
    withShelf(async (shelf) => {
      await withText(shelf, text);
      deepEqual((await vaultUses(shelf, "main")).models, []);
    }));
}

Deno.test("data use a vault if any version refers to it, at any depth", () =>
  withShelf(async (shelf) => {
    const put = (name: string, content: unknown) =>
      shelf.put(name, JSON.stringify(content), { contentType: "application/json" });
    await put("old", { list: ["${{ vault.get('main', 'k') }}"] });
    await put("old", {});
    await put("text", { text: "see ${{ vault.get('main', 'k') }}" });
    await put("other", { key: "${{ vault.get('other', 'main') }}" });
    await shelf.put("damaged", "{ vault.get('main'", { contentType: "application/json" });
    deepEqual(await vaultUses(shelf, "main"), { models: [], data: ["t1/old"] });
  }));

Deno.test("who uses a vault is named, of many only some", () =>
  withShelf(async (shelf) => {
    const content = JSON.stringify({ key: "${{ vault.get('main', 'k') }}" });
    for (const name of ["a", "b", "c", "d", "e", "f", "g"]) {
      await shelf.put(name, content, { contentType: "application/json" });
    }
    await rejects(requireUnused(shelf, "main"), (error: Error) => {
      match(
        error.message,
        /stored data: t1\/a, t1\/b, t1\/c, t1\/d, t1\/e and 2 more\. Use --force/,
      );
      return true;
    });
    await requireUnused(shelf, "unused");
  }));
