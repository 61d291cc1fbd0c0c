import { deepEqual } from "node:assert/strict";
import { describeProvider } from "../../../../../src/domain/extensions/describe.ts";
import { BUILT_IN_DRIVERS } from "../../../../../src/domain/drivers/builtin/mod.ts";
import { dockerConfig } from "../../../../../src/domain/drivers/builtin/docker_config.ts";
import { z } from "zod";

// The code of `raw` has no schema: it would load zod for every run.
const SCHEMAS = [z.object({}), dockerConfig];

for (const [index, { descriptor, load }] of BUILT_IN_DRIVERS.entries()) {
  Deno.test(`the written descriptor of ${descriptor.type} says what its code says`, async () => {
    const described = describeProvider({ ...await load(), configSchema: SCHEMAS[index]! });
    deepEqual(descriptor, JSON.parse(JSON.stringify(described)));
  });
}
