import assert from "node:assert/strict";
import { isMutating, methodKind } from "../../../../src/domain/models/method_kind.ts";

Deno.test("the name of a method tells its kind, in any case", () => {
  const kinds = [
    "create",
    "get",
    "Describe",
    "PATCH",
    "destroy",
    "remove",
    "search",
    "sync",
    "getAll",
  ]
    .map((name) => methodKind(name));
  assert.deepEqual(kinds, [
    ...["create", "read", "read", "update", "delete", "delete", "list"],
    undefined,
    undefined,
  ]);
});

Deno.test("what the author says wins over the name", () => {
  assert.equal(methodKind("get", "action"), "action");
});

Deno.test("only reading and listing change nothing", () => {
  assert.deepEqual(
    (["create", "read", "update", "delete", "list", "action", undefined] as const).map(isMutating),
    [true, false, true, true, false, true, true],
  );
});
