import { equal, throws } from "node:assert/strict";
import type { StoredVault } from "../../../../src/domain/vaults/vault.ts";
import { findVault } from "../../../../src/domain/vaults/vault_lookup.ts";

const ID = "58b0c501-59ee-44b8-8c7f-4c15787f42d8";

function stored(name: string, id: string = crypto.randomUUID()): StoredVault {
  const file = `vaults/local_encryption/${id}.yaml`;
  const vault = { id, name, type: "local_encryption", config: {}, createdAt: "" };
  return { vault, file, path: `/r/${file}` };
}

const listing = (...vaults: StoredVault[]) => ({ vaults, broken: [] });

Deno.test("a vault is found by its name or its complete id", () => {
  const all = listing(stored("main", ID), stored("other"));
  equal(findVault(all, "main").vault.id, ID);
  equal(findVault(all, ID.toUpperCase()).vault.id, ID);
});

Deno.test("the beginning of an id names nothing, so that no secret goes astray", () => {
  throws(() => findVault(listing(stored("main", ID)), ID.slice(0, 8)), { code: "vault_not_found" });
});

Deno.test("a name wins over an id", () => {
  const all = listing(stored("main", ID), stored(ID));
  equal(findVault(all, ID).vault.name, ID);
});

Deno.test("a mistyped name comes with what was probably meant", () => {
  throws(() => findVault(listing(stored("prod"), stored("test")), "prd"), {
    message: "Vault not found: prd",
    fields: { hint: 'Did you mean "prod"?' },
  });
});

Deno.test("two vaults of one name are named with their files", () => {
  const [a, b] = [stored("main"), stored("main")];
  throws(() => findVault(listing(a, b), "main"), {
    code: "ambiguous_vault",
    fields: { files: [a.file, b.file] },
  });
});

Deno.test("a vault whose file is damaged says so", () => {
  const broken = [{
    path: "/r/x",
    file: "vaults/x.yaml",
    reason: "config must be a map",
    name: "b",
  }];
  throws(() => findVault({ vaults: [stored("main")], broken }, "b"), {
    code: "vault_broken",
    message: "Vault 'b' cannot be used: vaults/x.yaml: config must be a map",
  });
});
