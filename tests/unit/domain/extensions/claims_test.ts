import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  type Claim,
  judgeClaims,
  mergeDescriptors,
} from "../../../../src/domain/extensions/claims.ts";
import type { ModelDescriptor } from "../../../../src/domain/extensions/descriptor.ts";

const noBuiltIns = () => false;

function claim(source: string, more: Partial<Claim> = {}): Claim {
  return { source, rank: 0, kind: "model", type: "@acme/a", raw: "@acme/a", ...more };
}

Deno.test("a folder earlier in precedence wins whatever the paths are", () => {
  const { active, problems } = judgeClaims(
    [claim("a.ts", { rank: 2 }), claim("z.ts", { rank: 1 })],
    noBuiltIns,
  );
  deepEqual(active.map(({ source }) => source), ["z.ts"]);
  deepEqual(problems.map(({ source }) => source), ["a.ts"]);
});

Deno.test("a built-in type cannot be claimed", () => {
  const { active, problems } = judgeClaims([claim("a.ts")], (_, type) => type === "@acme/a");
  deepEqual(active, []);
  equal(problems[0]?.message, "Model type '@acme/a' already registered as a built-in type");
});

Deno.test("types of different kinds do not collide", () => {
  const { active } = judgeClaims([claim("a.ts"), claim("b.ts", { kind: "vault" })], noBuiltIns);
  equal(active.length, 2);
});

Deno.test("any number of sources may extend one type", () => {
  const extension = (source: string) => claim(source, { kind: "extension" });
  const { active } = judgeClaims(
    [extension("c.ts"), claim("a.ts"), extension("b.ts")],
    noBuiltIns,
  );
  deepEqual(active.map(({ source }) => source), ["a.ts", "b.ts", "c.ts"]);
});

Deno.test("the verdict does not depend on the order in which claims are found", () => {
  const claims = fc.uniqueArray(
    fc.record({
      source: fc.stringMatching(/^[a-d]\.ts$/),
      rank: fc.nat(2),
      kind: fc.constantFrom("model" as const, "extension" as const, "vault" as const),
      type: fc.constantFrom("@x/a", "@x/b"),
    }).map((some) => ({ ...some, raw: some.type })),
    { selector: ({ source, kind, rank }) => `${source}${kind}${rank}` },
  );
  fc.assert(fc.property(claims, (found) => {
    deepEqual(judgeClaims([...found].reverse(), noBuiltIns), judgeClaims(found, noBuiltIns));
  }));
});

Deno.test("merging keeps what does not collide of an extension that collides", () => {
  const method = (name: string) => ({ name, description: "", arguments: {} });
  const base: ModelDescriptor = {
    raw: "@acme/a",
    type: "@acme/a",
    version: "2026.01.01.1",
    description: "",
    methods: [method("get")],
    dataOutputSpecs: [],
    checks: [],
    reports: [],
  };
  const { model, problems } = mergeDescriptors(base, "a.ts", [{
    source: "x.ts",
    extension: {
      type: "@acme/a",
      methods: [method("get"), method("more")],
      checks: [],
      dataOutputSpecs: [],
    },
  }]);
  deepEqual(model.methods.map(({ name }) => name), ["get", "more"]);
  deepEqual(problems.map(({ message }) => message), [
    "Method 'get' already exists on model type '@acme/a' (a.ts)",
  ]);
});
