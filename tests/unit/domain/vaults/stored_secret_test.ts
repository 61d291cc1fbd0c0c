import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  isOwnSecret,
  secretValue,
  storedSecret,
} from "../../../../src/domain/vaults/stored_secret.ts";

const ORIGIN = {
  model: "db",
  scope: { type: "@acme/db", modelId: "0b0c8d4e-5a56-4c5f-9a2e-3a7f6f0d9a11" },
  instance: "main",
  version: 3,
  field: "password",
};

Deno.test("a key says what it is for, and never comes twice", async () => {
  const [one, other] = [await storedSecret(ORIGIN, "s"), await storedSecret(ORIGIN, "s")];
  match(one.key, /^db-password-main-v3-swamp[0-9a-f]{32}$/);
  notEqual(one.key, other.key);
  const named = await storedSecret({ ...ORIGIN, vaultKey: "prod-db-login" }, "s");
  match(named.key, /^prod-db-login-main-v3-swamp/);
});

Deno.test("keys are such as every vault takes", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 80 });
  const origin = fc.record({ model: text, instance: text, field: text, vaultKey: text });
  await fc.assert(fc.asyncProperty(origin, fc.nat(), async (given, version) => {
    for (const vaultKey of [given.vaultKey, undefined]) {
      const { key } = await storedSecret({ ...ORIGIN, ...given, vaultKey, version }, 1);
      match(key, /^[A-Za-z0-9_][A-Za-z0-9_-]{0,119}$/);
      equal(await isOwnSecret(key, ORIGIN.scope), true);
    }
  }));
});

Deno.test("every JSON value comes back as it was, in valid Unicode that is not empty", async () => {
  const values = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constant("\ud800"));
  await fc.assert(fc.asyncProperty(values, async (value) => {
    const { key, text } = await storedSecret(ORIGIN, value);
    equal(text.isWellFormed() && text !== "", true);
    deepEqual(secretValue(key, text), JSON.parse(JSON.stringify(value)));
  }));
});

Deno.test("texts are stored as they are, where others can read them", async () => {
  const { key, text } = await storedSecret(ORIGIN, '"quoted"');
  equal(text, '"quoted"');
  equal(key.endsWith("-json"), false);
});

Deno.test("what swamp has not stored is a text, JSON or not", async () => {
  equal(secretValue("acme-db-0b0c8d4e-sync-port", "5432"), "5432");
  equal(secretValue("mine-json", "{}"), "{}");
  const { key } = await storedSecret(ORIGIN, { a: 1 });
  equal(secretValue(key, "{ replaced by hand"), "{ replaced by hand");
});

Deno.test("only the secrets of a model's own data are its own", async () => {
  const { key } = await storedSecret(ORIGIN, "s");
  equal(await isOwnSecret(key, { ...ORIGIN.scope, type: "@acme/other" }), false);
  for (const foreign of ["password", "db-password-main-v3", `${key}x`, key.slice(0, -1)]) {
    equal(await isOwnSecret(foreign, ORIGIN.scope), false, foreign);
  }
});
