import { deepEqual, equal } from "node:assert/strict";
import { readVault, vaultDocument } from "../../../../src/domain/vaults/vault_document.ts";

const VAULT = {
  id: "58b0c501-59ee-44b8-8c7f-4c15787f42d8",
  name: "main",
  type: "local_encryption",
  config: { auto_generate: true },
  createdAt: "2026-11-21T00:49:23.580Z",
};

Deno.test("a vault is read as it is written", () => {
  deepEqual(readVault(vaultDocument(VAULT)), { vault: VAULT });
});

Deno.test("the type is compared without regard to case", () => {
  equal(readVault({ ...VAULT, type: " @Acme/Safe" }).vault?.type, "@acme/safe");
});

Deno.test("a vault without config has an empty one", () => {
  deepEqual(readVault({ ...VAULT, config: undefined }).vault?.config, {});
});

Deno.test("everything that is wrong is told at once", () => {
  deepEqual(readVault({ id: "x", name: "../up", type: 3, config: [1] }), {
    problems: [
      "id must be a UUID",
      "name must not contain '/', '\\' or control characters, nor start with '.'",
      "type must be a text",
      "createdAt is missing",
      "config must be a map",
    ],
  });
});

for (const document of [undefined, null, "text", [VAULT]]) {
  Deno.test(`${JSON.stringify(document)} is no vault`, () => {
    deepEqual(readVault(document), { problems: ["a vault must be a map of fields"] });
  });
}

for (
  const [old, now] of [
    ["aws", "@swamp/aws-sm"],
    ["aws-sm", "@swamp/aws-sm"],
    ["azure", "@swamp/azure-kv"],
    ["azure-kv", "@swamp/azure-kv"],
    ["1password", "@swamp/1password"],
  ] as const
) {
  Deno.test(`the type ${old} is read as ${now}`, () => {
    deepEqual(readVault({ ...VAULT, type: old }), {
      vault: { ...VAULT, type: now },
      renamedFrom: old,
    });
  });
}
