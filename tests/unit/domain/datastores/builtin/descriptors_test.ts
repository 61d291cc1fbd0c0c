import { deepEqual } from "node:assert/strict";
import { BUILT_IN_DATASTORES } from "../../../../../src/domain/datastores/builtin/mod.ts";
import { describeProvider } from "../../../../../src/domain/extensions/describe.ts";

for (const { descriptor, load } of BUILT_IN_DATASTORES) {
  Deno.test(`the written descriptor of ${descriptor.type} says what its code says`, async () => {
    deepEqual(descriptor, JSON.parse(JSON.stringify(describeProvider(await load()))));
  });
}
