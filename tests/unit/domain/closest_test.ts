import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { closest, closestName } from "../../../src/domain/closest.ts";

for (
  const [word, candidates, expected] of [
    ["mdel", ["version", "model"], "model"],
    ["MODEL", ["version", "model"], "model"],
    ["foo", ["push", "fmt"], "fmt"],
    ["zzz", ["version", "model"], undefined],
    ["vrs", ["version"], undefined],
    ["typ", ["tip", "top"], "tip"],
    ["x", [], undefined],
  ] as const
) {
  Deno.test(`of ${JSON.stringify(candidates)}, ${word} means ${expected}`, () => {
    equal(closest(word, candidates), expected);
  });
}

Deno.test("a word means itself when it is there", () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (words, at) => {
    const word = words[at % words.length]!;
    equal(closest(word, words)?.toLowerCase(), word.toLowerCase());
  }));
});

Deno.test("one mistyped letter is always forgiven", () => {
  const word = fc.stringMatching(/^[a-z]{3,10}$/);
  fc.assert(fc.property(word, fc.nat(), (typed, at) => {
    const place = at % typed.length;
    const meant = `${typed.slice(0, place)}_${typed.slice(place + 1)}`;
    ok(closest(typed, [meant]) === meant);
  }));
});

Deno.test("a name that shares no letter is not meant, however short it is", () => {
  equal(closestName("x", ["v"]), undefined);
  equal(closestName("prd", ["test", "Prod"]), "Prod");
  equal(closestName("x", []), undefined);
});
