import { equal } from "node:assert/strict";
import { hasLiveTerminal } from "../../../../src/cli/picker/live_terminal.ts";

const GLOBALS = { json: false, log: false, quiet: false };
const TERMINAL = { isTerminal: true, term: "xterm", os: "linux" } as const;

Deno.test("a terminal is used where there is one", () => {
  equal(hasLiveTerminal(GLOBALS, TERMINAL), true);
  equal(hasLiveTerminal(GLOBALS, { ...TERMINAL, isTerminal: false }), false);
});

for (const flag of ["json", "log", "quiet"] as const) {
  Deno.test(`--${flag} leaves it alone`, () => {
    equal(hasLiveTerminal({ ...GLOBALS, [flag]: true }, TERMINAL), false);
  });
}

Deno.test("a terminal that can only show lines is left alone", () => {
  for (const term of ["dumb", "", undefined]) {
    equal(hasLiveTerminal(GLOBALS, { ...TERMINAL, term }), false);
  }
});

Deno.test("on Windows a terminal need not say what it can do", () => {
  equal(hasLiveTerminal(GLOBALS, { ...TERMINAL, term: undefined, os: "windows" }), true);
});
