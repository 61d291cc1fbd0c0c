import { deepEqual } from "node:assert/strict";
import { describeProvider } from "../../../../../src/domain/extensions/describe.ts";
import { BUILT_IN_DRIVERS } from "../../../../../src/domain/drivers/builtin/mod.ts";

for (const { descriptor, load } of BUILT_IN_DRIVERS) {
  Deno.test(`the written descriptor of ${descriptor.type} says what its code says`, async () => {
    deepEqual(descriptor, JSON.parse(JSON.stringify(describeProvider(await load()))));
  });
}
