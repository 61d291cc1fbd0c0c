import assert from "node:assert/strict";
import { describeModel } from "../../../../../src/domain/extensions/describe.ts";
import { COMMAND_SHELL_DESCRIPTOR } from "../../../../../src/domain/models/builtin/command_shell_descriptor.ts";
import { SHELL_MODEL } from "../../../../fixtures/shell_model.ts";

Deno.test("the written descriptor of command/shell says what its code says", () => {
  assert.deepEqual(
    COMMAND_SHELL_DESCRIPTOR,
    JSON.parse(JSON.stringify(describeModel(SHELL_MODEL))),
  );
});
