import { deepEqual, equal, rejects } from "node:assert/strict";
import { ENVIRONMENT } from "../../../../../src/domain/vaults/builtin/environment.ts";
import type { VaultHost } from "../../../../../src/domain/vaults/vault_host.ts";
import type { VaultProvider } from "../../../../../src/domain/vaults/vault_provider.ts";

const VARIABLES: Readonly<Record<string, string>> = {
  CI_TOKEN: "t0k",
  CI_EMPTY: "",
  CI_: "odd",
  HOME: "/home/me",
};

function vault(config: { prefix?: string } = {}): VaultProvider {
  const host: Partial<VaultHost> = {
    variable: (name) => VARIABLES[name],
    variableNames: () => Object.keys(VARIABLES),
  };
  const create = ENVIRONMENT.create as (...given: unknown[]) => VaultProvider;
  return create("env", config, host);
}

Deno.test("a key is the name of a variable", async () => {
  equal(await vault().get("HOME"), "/home/me");
});

Deno.test("with a prefix, keys go without it", async () => {
  equal(await vault({ prefix: "CI_" }).get("TOKEN"), "t0k");
  deepEqual(await vault({ prefix: "CI_" }).list(), ["EMPTY", "TOKEN"]);
});

Deno.test("an empty variable is an empty secret", async () => {
  equal(await vault({ prefix: "CI_" }).get("EMPTY"), "");
});

Deno.test("a variable that is not set is named, with what was probably meant", async () => {
  await rejects(vault({ prefix: "CI_" }).get("TOKE"), {
    code: "secret_not_found",
    message: "Secret 'TOKE' not found in environment vault 'env': the variable CI_TOKE is not set",
    fields: { hint: 'Did you mean "TOKEN"?' },
  });
});

for (const key of ["", "A=B", "A\0"]) {
  Deno.test(`${JSON.stringify(key)} can be no variable`, async () => {
    await rejects(vault().get(key), { code: "invalid_secret_key" });
  });
}

Deno.test("nothing can be put", async () => {
  await rejects(vault().put("A", "b"), {
    code: "vault_read_only",
    message: /^Vault 'env' is read-only\. .*Set the variable there\.$/,
  });
});
