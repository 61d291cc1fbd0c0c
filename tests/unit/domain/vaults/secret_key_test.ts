import { doesNotThrow, throws } from "node:assert/strict";
import { requireFileKey } from "../../../../src/domain/vaults/secret_key.ts";

Deno.test("most texts can be keys", () => {
  for (const key of ["k", "db-password", "a.b", "Ключ", "with blank", "%", ".hidden"]) {
    doesNotThrow(() => requireFileKey(key, 251), key);
  }
});

for (const key of ["a/b", "a\\b", "a..b", "..", "a\0b"]) {
  Deno.test(`${JSON.stringify(key)} is refused with the rule`, () => {
    throws(() => requireFileKey(key, 251), {
      code: "invalid_secret_key",
      message: `Invalid secret key '${key}': must not contain '..', '/', '\\', or null bytes`,
    });
  });
}

Deno.test("a key is not empty, not longer than file names are, and Unicode", () => {
  throws(() => requireFileKey("", 251), /must not be empty/);
  throws(() => requireFileKey("é".repeat(126), 251), /must not be longer than 251 bytes/);
  throws(() => requireFileKey("a\ud800", 251), /must be valid Unicode/);
});
