import { equal, notEqual } from "node:assert/strict";
import type { Definition } from "../../../../src/domain/models/definition.ts";
import { definitionHash } from "../../../../src/domain/models/definition_hash.ts";

const DEFINITION: Definition = {
  type: "command/shell",
  typeVersion: "2026.02.09.1",
  id: "2ed368ef-ec52-41ca-9585-7cdcef9c1823",
  name: "web",
  version: 1,
  tags: {},
  globalArguments: { a: 1, b: { c: [1, { e: 2, d: 3 }] } },
  methods: {},
};

Deno.test("the hash is SHA-256 over the JSON with sorted keys, type and type version left out", async () => {
  const json = '{"globalArguments":{"a":1,"b":{"c":[1,{"d":3,"e":2}]}},' +
    '"id":"2ed368ef-ec52-41ca-9585-7cdcef9c1823","methods":{},"name":"web","tags":{},"version":1}';
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(json));
  equal(await definitionHash(DEFINITION), new Uint8Array(digest).toHex());
});

Deno.test("the order of keys and the version of the type do not count", async () => {
  const same: Definition = {
    ...DEFINITION,
    typeVersion: "2026.09.09.1",
    globalArguments: { b: { c: [1, { d: 3, e: 2 }] }, a: 1 },
  };
  equal(await definitionHash(same), await definitionHash(DEFINITION));
});

Deno.test("every other difference counts", async () => {
  const other: Definition = { ...DEFINITION, tags: { env: "prod" } };
  notEqual(await definitionHash(other), await definitionHash(DEFINITION));
});
