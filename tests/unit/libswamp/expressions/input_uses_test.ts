import { deepEqual } from "node:assert/strict";
import { referencedInputs } from "../../../../src/libswamp/expressions/input_uses.ts";

Deno.test("inputs that expressions refer to are found at every depth, in both notations", async () => {
  const stored = {
    run: "${{ inputs.name }} and ${{ inputs[\"other one\"] + 'x' }}",
    env: [{ A: "${{inputs.deep}}" }],
    no: "inputs.outside, ${{ self.inputs.not }}, ${{ 'inputs.text' }}",
  };
  deepEqual([...await referencedInputs(stored)], ["name", "other one", "deep"]);
});

Deno.test("an input whose absence an expression asks about is not counted for that", async () => {
  deepEqual([...await referencedInputs("${{ has(inputs.a) }}")], []);
});

Deno.test("what is no expression refers to nothing", async () => {
  deepEqual([...await referencedInputs({ a: "${{ inputs.x + }}", b: 1, c: null })], []);
});
