import { equal, match, ok } from "node:assert/strict";
import { createModel } from "../models.ts";
import { Repository, SWAMP_BIN } from "../swamp.ts";
import { inTerminal, readable, terminalTest } from "../terminal.ts";

/** A repository with more models than a terminal has rows, some of them with wide names. */
const repository = await Repository.create();
const { path } = await createModel(repository, "command/shell", "model-0");
const source = Deno.readTextFileSync(path);
for (let at = 1; at < 40; at++) {
  const name = at % 2 === 0
    ? `model-${at}`
    : `model-${at}-漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字`;
  const text = source.replace(/^id: .*$/m, `id: ${crypto.randomUUID()}`)
    .replace(/^name: .*$/m, `name: ${name}`);
  repository.write(`models/command/shell/${at}.yaml`, text);
}
Deno.test.afterAll(() => repository[Symbol.dispose]());

const SIZE = { rows: 24, columns: 80 };
/** Other screen, pastes as a whole, lines not wrapped; and what undoes them. */
const TAKES = ["\x1b[?1049h", "\x1b[?2004h", "\x1b[?7l"];
const GIVES_BACK = ["\x1b[?1049l", "\x1b[?2004l", "\x1b[?7h"];
const SHOWS_MODES = "; code=$?; stty -a; exit $code";

/** That a terminal is as it was before. */
function isGivenBack(text: string): void {
  for (const [at, sequence] of TAKES.entries()) {
    ok(text.lastIndexOf(sequence) >= 0, JSON.stringify(sequence));
    ok(text.lastIndexOf(GIVES_BACK[at]!) > text.lastIndexOf(sequence), JSON.stringify(sequence));
  }
  ok(text.lastIndexOf("\x1b[?25h") > text.lastIndexOf("\x1b[?25l"), "the cursor is to be seen");
  for (const mode of ["icanon", "echo", "isig", "opost"]) match(text, new RegExp(`\\s${mode}\\s`));
}

for (
  const [key, typed, code] of [
    ["Enter", "\r", 0],
    ["Escape", "\x1b", 0],
    ["Ctrl-D", "\x04", 0],
    ["Ctrl-C", "\x03", 130],
  ] as const
) {
  terminalTest(`${key} gives the terminal back and ends with code ${code}`, async () => {
    const screen = await inTerminal(`model search${SHOWS_MODES}`, {
      ...{ cwd: repository.root, size: SIZE },
      deeds: [{ when: "Esc ends", type: typed }],
    });
    equal(screen.code, code);
    isGivenBack(screen.text);
  });
}

for (
  const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130], ["SIGHUP", 129]] as const
) {
  terminalTest(`${signal} gives the terminal back and ends with code ${code}`, async () => {
    const pidFile = repository.path("pid");
    // The shell that writes its id becomes swamp.
    const screen = await inTerminal(
      `version >/dev/null; sh -c 'echo $$ > pid; exec "$0" model search' "$SWAMP"${SHOWS_MODES}`,
      {
        ...{ cwd: repository.root, size: SIZE, env: { SWAMP: SWAMP_BIN } },
        deeds: [{
          when: "Esc ends",
          act: () => Deno.kill(Number(Deno.readTextFileSync(pidFile)), signal),
        }],
      },
    );
    equal(screen.code, code);
    isGivenBack(screen.text);
  });
}

terminalTest("a picker fits a terminal that changes its size, however small it gets", async () => {
  const { code, text } = await inTerminal(
    "version >/dev/null; (until [ -e resize ]; do sleep 0.1; done; stty rows 10 cols 40 </dev/tty) & " +
      '"$SWAMP" model search --no-color',
    {
      ...{ cwd: repository.root, size: SIZE, env: { SWAMP: SWAMP_BIN } },
      deeds: [
        { when: "Methods:", act: () => void repository.write("resize", "") },
        // stty(1) changes rows and columns one after the other: the last frame is 40 columns wide.
        { when: /^> .{37}…$/m, type: "\x1b" },
      ],
    },
  );
  equal(code, 0);
  // What was drawn after the screen was erased for the last time.
  const resized = text.split("\x1b[2J").at(-1)!;
  const rows = Array.from(resized.matchAll(new RegExp("\x1b\\[(\\d+);", "g")), ([, row]) => +row!);
  equal(Math.max(...rows), 10);
  for (const line of readable(resized).split("\n")) ok(line.length <= 40, line);
});

terminalTest("a paste is one query, its line breaks no Enter", async () => {
  const { code, text } = await inTerminal("model search", {
    ...{ cwd: repository.root, size: SIZE },
    deeds: [
      { when: "Esc ends", type: "\x1b[200~model-\r7\x1b[201~" },
      { when: "No model matches.", type: "\x1b" },
    ],
  });
  equal(code, 0);
  match(readable(text), /> model- 7/);
});
