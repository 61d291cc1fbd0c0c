import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { Redactor } from "../../../src/domain/redactor.ts";
import type { SecretFilter } from "../../../src/domain/secret_filter.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** What comes out when `bytes` go in, cut at some places. */
function filtered(filter: SecretFilter, bytes: Uint8Array, cuts: readonly number[]): Uint8Array {
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)];
  const pieces = edges.map((edge, index) => filter.push(bytes.subarray(edge, edges[index + 1])));
  return new Uint8Array([...pieces, filter.end()].flatMap((piece) => [...piece]));
}

Deno.test("wherever a text is cut, the same is left of it as when it is whole", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "é", "\n", "🔑"), maxLength: 9 });
  const secrets = fc.array(word, { maxLength: 3 });
  fc.assert(fc.property(secrets, fc.array(word), fc.array(fc.nat()), (known, words, cuts) => {
    const redactor = new Redactor();
    known.forEach((secret) => redactor.addSecret(secret));
    const text = words.join("");
    equal(decode(filtered(redactor.filter(), encode(text), cuts)), redactor.redact(text));
  }));
});

Deno.test("bytes that are no text pass as they are", () => {
  const redactor = new Redactor();
  redactor.addSecret("hunter2");
  fc.assert(fc.property(fc.uint8Array(), fc.array(fc.nat()), (bytes, cuts) => {
    deepEqual([...filtered(redactor.filter(), bytes, cuts)], [...bytes]);
  }));
});

Deno.test("where lengths matter, as many asterisks as bytes stand for a secret", () => {
  const redactor = new Redactor();
  redactor.addSecret("schlüssel");
  const bytes = new Uint8Array([0, 255, ...encode("schlüssel"), 128]);
  const kept = filtered(redactor.filter(true), bytes, [5]);
  deepEqual([...kept], [0, 255, ...encode("*".repeat(10)), 128]);
});

Deno.test("only what may become a secret is held back", () => {
  const redactor = new Redactor();
  redactor.addSecret("hunter2");
  const filter = redactor.filter();
  equal(decode(filter.push(encode("Password: "))), "Password: ");
  equal(decode(filter.push(encode("the hunt"))), "the ");
  equal(decode(filter.push(encode(" is on"))), "hunt is on");
  equal(filter.found, false);
});

Deno.test("a secret that becomes known later counts from then on", () => {
  const redactor = new Redactor();
  const filter = redactor.filter();
  equal(decode(filter.push(encode("hunter2 "))), "hunter2 ");
  redactor.addSecret("hunter2");
  equal(decode(filter.push(encode("hunter2 "))), "*** ");
  equal(filter.found, true);
});
