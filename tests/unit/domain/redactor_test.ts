import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { Redactor } from "../../../src/domain/redactor.ts";

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  secrets.forEach((secret) => redactor.addSecret(secret));
  return redactor;
}

Deno.test("a secret is replaced wherever it stands, also as JSON and URLs write it", () => {
  const redactor = redactorOf('pass "word"');
  equal(redactor.redact('a pass "word" b'), "a *** b");
  equal(redactor.redact(JSON.stringify({ p: 'pass "word"' })), '{"p":"***"}');
  equal(redactor.redact(`?p=${encodeURIComponent('pass "word"')}`), "?p=***");
});

Deno.test("secrets of fewer than three characters are ignored", () => {
  const redactor = redactorOf("ab");
  equal(redactor.hasSecrets, false);
  equal(redactor.redact("abc"), "abc");
});

Deno.test("of secrets that contain each other nothing is left over", () => {
  equal(redactorOf("secret", "secret-long").redact("secret-long secret"), "*** ***");
});

Deno.test("the lines of a secret are secrets, as a log shows them one by one", () => {
  const redactor = redactorOf("-----BEGIN KEY-----\nabcdefgh12345\n-----END KEY-----\n");
  equal(redactor.redact("line abcdefgh12345"), "line ***");
});

Deno.test("plain data are redacted at every depth, and their paths told", () => {
  const redactor = redactorOf("hunter2");
  const data = { a: [{ b: "x hunter2" }], hunter2: 1, n: 5, none: null };
  deepEqual(redactor.redactData(data), { a: [{ b: "x ***" }], "***": 1, n: 5, none: null });
  deepEqual(redactor.secretPaths(data), ["a[0].b"]);
  equal(redactorOf().redactData(data), data);
});

Deno.test("no secret of three or more characters survives", () => {
  const secret = fc.string({ unit: "grapheme", minLength: 3 });
  fc.assert(fc.property(secret, fc.string(), fc.string(), (one, before, after) => {
    const shown = redactorOf(one).redact(`${before}${one}${after}`);
    equal(shown.replaceAll("***", "").includes(one), false);
  }));
});
