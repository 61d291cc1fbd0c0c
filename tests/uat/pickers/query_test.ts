import { equal, match } from "node:assert/strict";
import { createModel, runMethod } from "../models.ts";
import { Repository } from "../swamp.ts";
import { type Deed, inTerminal, readable, type Screen, terminalTest } from "../terminal.ts";

/** A repository with the data of two models. */
const repository = await Repository.create();
for (const name of ["web", "west"]) {
  await createModel(repository, "command/shell", name);
  await runMethod(repository, name, "execute", { run: "echo hi" }, ["--skip-reports"]);
}
Deno.test.afterAll(() => repository[Symbol.dispose]());

function query(args: string, deeds: readonly Deed[]): Promise<Screen> {
  const size = { rows: 24, columns: 80 };
  return inTerminal(`data query --no-color ${args}`, { cwd: repository.root, size, deeds });
}

const leftOver = ({ text }: Screen) => readable(text.slice(text.lastIndexOf("\x1b[?1049l")));

terminalTest("everything is listed before anything is typed", async () => {
  const screen = await query("", [{ when: "4 results", type: "\r" }]);
  equal(screen.code, 0);
  match(leftOver(screen), /^4 results$/m);
});

terminalTest("a predicate is answered while it is typed, and Enter prints the answer", async () => {
  const screen = await query("", [
    { when: "4 results", type: 'modelName == "west" && name == "log"' },
    { when: "1 result\n", type: "\r" },
  ]);
  equal(screen.code, 0);
  const printed = leftOver(screen);
  match(printed, /^data query> modelName == "west" && name == "log"$/m);
  match(printed, /^log\s+west\s+log\s+file\s+v1/m);
  match(printed, /^1 result$/m);
});

terminalTest("Enter right after typing waits for the answer", async () => {
  const screen = await query("--select modelName", [{ when: "Fields:", type: 'name == "log"\r' }]);
  match(leftOver(screen), /\nweb\nwest\n/);
});

terminalTest("a mistake is told, cannot be entered, and can be corrected", async () => {
  const screen = await query("", [
    { when: "4 results", type: "bogus == 1" },
    { when: 'Unknown field "bogus"', type: "\r\x15" },
    { when: "Fields:", type: 'name == "log"' },
    { when: "2 results", type: "\r" },
  ]);
  equal(screen.code, 0);
  match(leftOver(screen), /^2 results$/m);
});

terminalTest("Escape prints nothing", async () => {
  const screen = await query("", [{ when: "4 results", type: "\x1b" }]);
  equal(screen.code, 0);
  equal(leftOver(screen).trim(), "");
});

terminalTest("--log lists everything at once", async () => {
  const { code, text } = await query("--log", []);
  equal(code, 0);
  match(text, /^4 results$/m);
  equal(text.includes("\x1b[?1049h"), false);
});
