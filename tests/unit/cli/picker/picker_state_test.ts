import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Key, NamedKey } from "../../../../src/cli/picker/keys.ts";
import {
  fitted,
  highlighted,
  type PickerState,
  reduce,
  startPicker,
} from "../../../../src/cli/picker/picker_state.ts";

const NAMES = Array.from({ length: 30 }, (_, at) => `name-${at}`);
const find = (query: string) => NAMES.filter((name) => name.includes(query.toLowerCase()));

/** The state after keys; text that names no key is typed. */
function after(keys: readonly (NamedKey | `"${string}`)[], room = 10): PickerState<string> {
  return keys.reduce(
    (state, word) => {
      const key: Key = word.startsWith('"')
        ? { kind: "text", text: word.slice(1) }
        : { kind: word as NamedKey };
      return reduce(state, key, { find, room });
    },
    startPicker(find, ""),
  );
}

Deno.test("the first entry is highlighted at first", () => {
  equal(highlighted(after([])), "name-0");
});

Deno.test("what was asked for already is in the line, and can be changed", () => {
  const state = startPicker(find, "name-2");
  equal(state.found.length, 11);
  equal(reduce(state, { kind: "backspace" }, { find, room: 10 }).found.length, 30);
});

const MOVES: readonly (readonly [keys: readonly NamedKey[], name: string])[] = [
  [["down"], "name-1"],
  [["up"], "name-0"],
  [["down", "down", "up"], "name-1"],
  [["page down"], "name-10"],
  [["page down", "page up"], "name-0"],
  [["end"], "name-29"],
  [["end", "down"], "name-29"],
  [["end", "home"], "name-0"],
];

for (const [keys, name] of MOVES) {
  Deno.test(`${keys.join(", ")} highlights ${name}`, () => {
    equal(highlighted(after(keys)), name);
  });
}

Deno.test("typing filters in any case and highlights the first match", () => {
  const state = after(["end", '"NAME-2']);
  deepEqual(state.found, find("name-2"));
  equal(highlighted(state), "name-2");
});

Deno.test("moving the cursor in the line keeps the highlighted entry", () => {
  equal(highlighted(after(['"name', "down", "left"])), "name-1");
});

Deno.test("Enter picks the highlighted entry", () => {
  const state = after(["down", "enter"]);
  equal(state.outcome, "picked");
  equal(highlighted(state), "name-1");
});

Deno.test("where nothing matches nothing can be picked", () => {
  const state = after(['"zzz', "down", "enter"]);
  equal(state.outcome, undefined);
  equal(highlighted(state), undefined);
});

for (const kind of ["escape", "end of input"] as const) {
  Deno.test(`${kind} cancels`, () => equal(after([kind]).outcome, "cancelled"));
}

const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom(
    ...(["up", "down", "page up", "page down", "home", "end", "backspace", "left"] as const)
      .map((kind) => ({ kind })),
  ),
  fc.constantFrom("n", "2", "-1", "x").map((text) => ({ kind: "text" as const, text })),
);

Deno.test("the highlighted entry is always one that was found, and in view", () => {
  const step = fc.tuple(key, fc.nat(12));
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    let state = startPicker(find, "");
    for (const [pressed, room] of steps) {
      state = fitted(reduce(state, pressed, { find, room }), room);
      const { selected, top, found } = state;
      ok(selected >= 0 && selected < Math.max(1, found.length));
      ok(top >= 0 && top <= selected && selected < top + Math.max(1, room));
      ok(top + room <= Math.max(found.length, room), "rows stay empty only below a short list");
    }
  }));
});
