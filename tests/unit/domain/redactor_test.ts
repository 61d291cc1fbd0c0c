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

Deno.test("a secret is a secret without the line break at its end, too", () => {
  equal(redactorOf("hunter2\n").redact("the hunter2 is"), "the *** is");
});

Deno.test("every way is known in which JSON, forms and Deno write a secret", () => {
  const secret = 'a "b"\nc\x1b[1m d!';
  const redactor = redactorOf(secret);
  const written = {
    json: JSON.stringify(secret),
    jsonInJson: JSON.stringify(JSON.stringify({ secret })),
    inspected: Deno.inspect(secret),
    inspectedInData: Deno.inspect({ secret }),
    query: new URLSearchParams({ secret }).toString(),
    url: encodeURIComponent(secret),
  };
  for (const [way, text] of Object.entries(written)) {
    equal(redactor.redact(text).includes("***"), true, way);
    equal(redactor.redact(text).includes("[1m"), false, way);
  }
});

Deno.test("of secret data, the longer texts and numbers are secrets of their own", () => {
  const redactor = new Redactor();
  redactor.addSecretValue({ user: "admin", password: "correct horse", pin: 1234567890, on: true });
  equal(redactor.redact("admin: correct horse, 1234567890, true"), "admin: ***, ***, true");
  equal(
    redactor.redact('{"user":"admin","password":"correct horse","pin":1234567890,"on":true}'),
    "***",
  );
});

Deno.test("plain data are redacted at every depth, and their paths told", () => {
  const redactor = redactorOf("hunter2");
  const data = { a: [{ b: "x hunter2" }], hunter2: 1, n: 5, none: null };
  deepEqual(redactor.redactData(data), { a: [{ b: "x ***" }], "***": 1, n: 5, none: null });
  deepEqual(redactor.secretPaths(data), ["a[0].b", "***"]);
  equal(redactorOf().redactData(data), data);
});

Deno.test("no secret of three or more characters survives", () => {
  const secret = fc.string({ unit: "grapheme", minLength: 3 });
  fc.assert(fc.property(secret, fc.string(), fc.string(), (one, before, after) => {
    const shown = redactorOf(one).redact(`${before}${one}${after}`);
    equal(shown.replaceAll("***", "").includes(one), false);
  }));
});
