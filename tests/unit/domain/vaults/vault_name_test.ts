import { doesNotThrow, equal, match, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  requireNewVaultName,
  unsafeVaultNameReason,
} from "../../../../src/domain/vaults/vault_name.ts";

Deno.test("lower-case letters, digits and hyphens make a vault name", () => {
  for (const name of ["v", "aws-prod", "a1-", "x".repeat(255)]) {
    doesNotThrow(() => requireNewVaultName(name), name);
  }
});

for (const name of ["", "Bad", "1a", "-a", "a_b", "a b", "a/b", "é"]) {
  Deno.test(`"${name}" is no name for a new vault`, () => {
    throws(() => requireNewVaultName(name), {
      code: "invalid_name",
      message: `Invalid vault name: ${name}. Vault names must start with a lowercase letter and ` +
        "contain only lowercase letters, numbers, and hyphens.",
    });
  });
}

Deno.test("a name that no folder can have is too long", () => {
  throws(() => requireNewVaultName("x".repeat(256)), /must not be longer than 255 characters/);
});

Deno.test("every name that a new vault can have is safe to read", () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/), (name) => {
    requireNewVaultName(name);
    equal(unsafeVaultNameReason(name), undefined);
  }));
});

Deno.test("a name read from a file never leaves its folder", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."./\\a\0\n") }), (name) => {
    if (unsafeVaultNameReason(name) !== undefined) return;
    match(name, /^[^./\\\0\n][^/\\\0\n]*$/);
  }));
});

Deno.test("names written by hand may look as they like", () => {
  equal(unsafeVaultNameReason("My Vault_2"), undefined);
});
