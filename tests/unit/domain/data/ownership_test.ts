import assert from "node:assert/strict";
import { methodOwner, requireSameOwner } from "../../../../src/domain/data/ownership.ts";

Deno.test("a model's methods own what they write together", () => {
  requireSameOwner("main", methodOwner("a"), methodOwner("a"));
});

Deno.test("somebody else's data cannot get a new version", () => {
  assert.throws(
    () => requireSameOwner("main", { ownerType: "manual", ownerRef: "bob" }, methodOwner("a")),
    {
      code: "ownership_conflict",
      message: 'Ownership validation failed for "main": existing owner "manual:bob" does not ' +
        'match new owner "model-method:a"',
    },
  );
});
