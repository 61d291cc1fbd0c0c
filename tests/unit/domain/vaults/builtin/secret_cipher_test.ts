import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import fc from "fast-check";
import {
  decryptSecret,
  encryptSecret,
  SecretFormatError,
  WrongKeyError,
} from "../../../../../src/domain/vaults/builtin/secret_cipher.ts";

const key = (text: string) => new TextEncoder().encode(text);
const KEY = key("3b1f…two UUIDs");

Deno.test("what was encrypted is decrypted, whatever text it is", async () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
  await fc.assert(
    fc.asyncProperty(text, async (secret) => {
      equal(await decryptSecret(await encryptSecret(secret, KEY), KEY), secret);
    }),
    { numRuns: 30 },
  );
});

Deno.test("a byte order mark, line breaks and a megabyte survive", async () => {
  for (const secret of ["", "\ufeffbom", "a\r\nb\n", "x".repeat(1 << 20)]) {
    equal(await decryptSecret(await encryptSecret(secret, KEY), KEY), secret);
  }
});

Deno.test("the text is what the format says", async () => {
  const envelope = JSON.parse(await encryptSecret("s", KEY));
  deepEqual(Object.keys(envelope), ["iv", "data", "salt", "version"]);
  equal(envelope.version, 2);
  const size = (field: string) => Uint8Array.fromBase64(envelope[field]).length;
  deepEqual([size("iv"), size("salt"), size("data")], [12, 16, 1 + 16]);
});

Deno.test("the same secret is encrypted differently every time", async () => {
  notEqual(await encryptSecret("s", KEY), await encryptSecret("s", KEY));
});

Deno.test("a text that another program wrote by the format is decrypted", async () => {
  // Made with node:crypto: pbkdf2Sync and createCipheriv("aes-256-gcm").
  const text = JSON.stringify({
    iv: "AAECAwQFBgcICQoL",
    data: "LqOrYiEP+hG3Nx9COYdJvjFuP45CPQ==",
    salt: "AAECAwQFBgcICQoLDA0ODw==",
    version: 2,
  });
  equal(await decryptSecret(text, key("0123456789abcdef")), "héllo");
});

Deno.test("another key does not open it", async () => {
  await rejects(decryptSecret(await encryptSecret("s", KEY), key("other")), WrongKeyError);
});

Deno.test("no bit of it can be changed", async () => {
  const envelope = JSON.parse(await encryptSecret("secret", KEY));
  const place = fc.record({
    field: fc.constantFrom("iv", "data", "salt"),
    byte: fc.nat(11),
    bit: fc.nat(7),
  });
  await fc.assert(
    fc.asyncProperty(place, async ({ field, byte, bit }) => {
      const bytes = Uint8Array.fromBase64(envelope[field]);
      bytes[byte]! ^= 1 << bit;
      const text = JSON.stringify({ ...envelope, [field]: bytes.toBase64() });
      await rejects(decryptSecret(text, KEY), WrongKeyError);
    }),
    { numRuns: 20 },
  );
});

const DAMAGED: Readonly<Record<string, string>> = {
  "no JSON": "garbage",
  "an empty file": "",
  "a list": "[]",
  "another version": '{"iv":"","data":"","salt":"","version":3}',
  "no version": '{"iv":"","data":"","salt":""}',
  "a field that is no base64": '{"iv":"%","data":"","salt":"","version":2}',
  "a field that is missing": '{"iv":"AAECAwQFBgcICQoL","salt":"","version":2}',
  "an iv of the wrong size":
    '{"iv":"AAEC","data":"AAAAAAAAAAAAAAAAAAAAAA==","salt":"","version":2}',
  "data that was cut off": '{"iv":"AAECAwQFBgcICQoL","data":"AAEC","salt":"","version":2}',
};

for (const [what, text] of Object.entries(DAMAGED)) {
  Deno.test(`${what} is no secret`, async () => {
    await rejects(decryptSecret(text, KEY), SecretFormatError);
  });
}
