import assert from "node:assert/strict";
import * as fc from "fast-check";
import { shellWord } from "../../../../tasks/terminal/shell_word.ts";

Deno.test("a plain word stays as it is", () => {
  assert.equal(shellWord("@aws/ec2/vpc"), "@aws/ec2/vpc");
});

Deno.test("a shell reads back any text", async () => {
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      const { stdout } = await new Deno.Command("sh", {
        args: ["-c", `printf %s ${shellWord(value)}`],
      }).output();
      assert.equal(new TextDecoder().decode(stdout), value);
    }),
    { numRuns: 50 },
  );
});
