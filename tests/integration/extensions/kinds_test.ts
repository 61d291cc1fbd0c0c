import { deepEqual, equal, match } from "node:assert/strict";
import type { ExtensionKind } from "../../../src/domain/extensions/kinds.ts";
import { RepositoryFixture } from "./repository_fixture.ts";

/** A source that works and one that does not, for each kind that makes providers or reports. */
const KINDS: readonly {
  readonly kind: ExtensionKind;
  readonly folder: string;
  readonly good: string;
  readonly bad: string;
  readonly says: RegExp;
}[] = [
  {
    kind: "vault",
    folder: "vaults",
    good: `export const vault = { type: "@acme/safe", name: "Safe", description: "Keeps secrets",
      createProvider: () => ({}) };`,
    bad: `export const vault = { type: "safe", name: "Safe" };`,
    says:
      /type: Vault type must match @collective\/name .*; description: .*; createProvider: required/,
  },
  {
    kind: "driver",
    folder: "drivers",
    good: `export const driver = { type: "@acme/safe", name: "Safe", description: "Runs things",
      createDriver: () => ({}) };`,
    bad: `export const driver = { type: "a/b/c", name: "x", description: "y", createDriver: 1 };`,
    says:
      /type: Driver type must match .*; createDriver: Invalid input: expected function, received/,
  },
  {
    kind: "datastore",
    folder: "datastores",
    good: `export const datastore = { type: "@acme/safe", name: "Safe", description: "Stores data",
      createProvider: () => ({}) };`,
    bad: `export const datastore = { type: "@acme/safe", name: 3 };`,
    says: /name: Invalid input: expected string, received number/,
  },
  {
    kind: "report",
    folder: "reports",
    good: `export const report = { name: "@acme/safe", description: "Tells", scope: "method",
      labels: ["cost"], execute: () => Promise.resolve({ markdown: "", json: {} }) };`,
    bad: `export const report = { name: "@acme/r", description: "x", scope: "day",
      execute: () => {} };`,
    says: /scope: Invalid option: expected one of "method"\|"model"\|"workflow"/,
  },
];

for (const { kind, folder, good, bad, says } of KINDS) {
  Deno.test(`a ${kind} is indexed under its kind, with its description`, async () => {
    using repository = new RepositoryFixture();
    repository.write("safe.ts", good, folder);
    using opened = await repository.open();
    const [type, ...others] = opened.store.types(kind);
    deepEqual(others, []);
    equal(type?.type, "@acme/safe");
    match(type?.description ?? "", /\w+/);
    deepEqual(opened.types, [], "and is no model");
  });

  Deno.test(`a ${kind} of the wrong shape is refused with field and rule`, async () => {
    using repository = new RepositoryFixture();
    repository.write("bad.ts", bad, folder);
    using opened = await repository.open();
    match(opened.broken[`extensions/${folder}/bad.ts`] ?? "", says);
  });

  Deno.test(`helpers of a ${kind} below _lib are no sources`, async () => {
    using repository = new RepositoryFixture();
    repository.write("_lib/safe.ts", good, folder);
    using opened = await repository.open();
    deepEqual(opened.store.types(kind), []);
  });
}

Deno.test("types of one name under several kinds live side by side", async () => {
  using repository = new RepositoryFixture();
  for (const { good, folder } of KINDS) repository.write("safe.ts", good, folder);
  using opened = await repository.open();
  deepEqual(KINDS.map(({ kind }) => opened.store.types(kind).length), [1, 1, 1, 1]);
  deepEqual(opened.store.problems(), []);
});
