import { deepEqual, throws } from "node:assert/strict";
import { parseModelScope } from "../../../../src/libswamp/datastores/lock_release.ts";

const ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";

Deno.test("the last segment is the id, all before it is the type", () => {
  deepEqual(parseModelScope(`@acme/pipe/${ID}`), { type: "@acme/pipe", modelId: ID });
  deepEqual(parseModelScope("aws-ec2/my-server"), { type: "aws-ec2", modelId: "my-server" });
  deepEqual(parseModelScope(`AWS::EC2/${ID}`), { type: "aws/ec2", modelId: ID });
});

for (const text of ["", "x", "/x", "x/", "a/..", "a/."]) {
  Deno.test(`${JSON.stringify(text)} names no model`, () => {
    throws(() => parseModelScope(text), { code: "invalid_argument" });
  });
}
