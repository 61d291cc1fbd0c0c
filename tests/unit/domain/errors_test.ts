import { equal } from "node:assert/strict";
import { messageOf } from "../../../src/domain/errors.ts";

const round: Record<string, unknown> = {};
round.self = round;

for (
  const [what, thrown, text] of [
    ["an error is its message", new Error("no"), "no"],
    ["what looks like an error is its message", { message: "no", code: 5 }, "no"],
    ["a text is itself", "no", "no"],
    ["a map is JSON", { code: 5 }, '{"code":5}'],
    ["a map that is no JSON is named", round, "[object Object]"],
    ["nothing is named", undefined, "undefined"],
    ["null is named", null, "null"],
    ["a symbol is named", Symbol("s"), "Symbol(s)"],
  ] as const
) {
  Deno.test(`of what was thrown, ${what}`, () => equal(messageOf(thrown), text));
}
