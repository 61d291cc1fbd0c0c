import { deepEqual } from "node:assert/strict";
import { describeProvider } from "../../../../../src/domain/extensions/describe.ts";
import {
  BUILT_IN_VAULTS,
  initialVaultConfig,
} from "../../../../../src/domain/vaults/builtin/mod.ts";

for (const { descriptor, load } of BUILT_IN_VAULTS) {
  Deno.test(`the written descriptor of ${descriptor.type} says what its code says`, async () => {
    deepEqual(descriptor, JSON.parse(JSON.stringify(describeProvider(await load()))));
  });

  Deno.test(`a vault of the type ${descriptor.type} needs no config to be created`, async () => {
    const { configSchema } = await load();
    const config = initialVaultConfig(descriptor.type);
    deepEqual(configSchema?.parse(config), config);
  });
}
