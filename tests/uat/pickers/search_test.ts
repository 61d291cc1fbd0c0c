import { equal, match, ok } from "node:assert/strict";
import { modelSource } from "../extension_sources.ts";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { type Deed, inTerminal, readable, type Screen, terminalTest } from "../terminal.ts";

/** A repository with the models `other`, `web` and `west`, of which two have run, and a vault. */
const repository = await Repository.create();
repository.write("extensions/models/a.ts", modelSource("@acme/aaa"));
for (const name of ["web", "west", "other"]) {
  await createModel(repository, "command/shell", name);
}
const run = await runMethod(repository, "web", "execute", { run: "echo hi" });
await runMethod(repository, "west", "execute", { run: "echo ho" }, ["--skip-reports"]);
await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
Deno.test.afterAll(() => repository[Symbol.dispose]());

const SIZE = { rows: 24, columns: 80 };
const ESC = "\x1b";
const DOWN = "\x1b[B";
const LEAVES_SCREEN = "\x1b[?1049l";

/** What somebody sees who does things in a picker of the repository. */
function pick(args: string, deeds: readonly Deed[], env = {}): Promise<Screen> {
  return inTerminal(args, { cwd: repository.root, size: SIZE, env, deeds });
}

/** What is left on the screen with the scrollback. */
const leftOver = (text: string) => readable(text.slice(text.lastIndexOf(LEAVES_SCREEN)));

/** Commands with a picker, what is typed into it, and the command that prints the same. */
const PICKERS: readonly (readonly [search: string, query: string, get: string])[] = [
  ["model search", "west", "model get west"],
  ["model list", "WEST", "model get west"],
  ["model type search", "shell", "model type describe command/shell"],
  ["model type search", "aaa", "model type describe @acme/aaa"],
  ["model output search", run.id ?? "web", "model output get web"],
  ["model method history search", "web", "model method history get web"],
  ["data search --model west", "result", "data get west result"],
  ["vault search", "main", "vault get main"],
  ["vault type search", "local", "vault type describe local_encryption"],
];

for (const [search, query, get] of PICKERS) {
  terminalTest(`${search}: Enter prints what ${get} prints`, async () => {
    const { code, text } = await pick(`${search} --no-color`, [
      { when: "Esc ends", type: query },
      { when: new RegExp(`> ${query}`), type: "\r" },
    ]);
    equal(code, 0);
    const { text: expected } = await pick(`${get} --no-color`, []);
    equal(leftOver(text).trim(), readable(expected).trim());
  });
}

terminalTest("the query of the command line can be changed, and arrows move", async () => {
  const { text } = await pick("model search web --no-color", [
    { when: "1 of 3", type: "\x7f" },
    { when: "2 of 3", type: DOWN },
    { when: "> west", type: "\r" },
  ]);
  match(leftOver(text), /^Name: west \(command\/shell\)$/m);
});

terminalTest("the highlighted entry is previewed", async () => {
  const { text } = await pick("model type search", [{ when: "Methods:", type: ESC }]);
  match(readable(text), /execute - Run a shell command/);
});

terminalTest("Escape ends with exit code 0 and leaves nothing behind", async () => {
  const { code, text } = await pick("model search", [{ when: "Esc ends", type: ESC }]);
  equal(code, 0);
  equal(leftOver(text).trim(), "");
});

terminalTest("without colours only the cursor is moved", async () => {
  const style = new RegExp("\x1b\\[[1-9]\\d*m");
  for (const env of [{ NO_COLOR: "" }, { NO_COLOR: "1" }]) {
    const { text } = await pick("model search", [{ when: "Methods:", type: ESC }], env);
    ok(!style.test(text));
  }
  const { text } = await pick("model search", [{ when: "Methods:", type: ESC }]);
  ok(style.test(text));
});

terminalTest("warnings are told outside of the picker", async () => {
  using damaged = await Repository.create();
  await createModel(damaged, "command/shell", "web");
  damaged.write("models/command/shell/bad.yaml", "name: [");
  const { text } = await inTerminal("model search", {
    ...{ cwd: damaged.root, size: SIZE },
    deeds: [{ when: "Methods:", type: ESC }],
  });
  const [before, during = ""] = text.split("\x1b[?1049h");
  match(before!, /Skipping .*bad\.yaml/);
  ok(!during.split(LEAVES_SCREEN)[0]!.includes("Skipping"));
});

terminalTest("where nothing matches there is nothing to pick from", async () => {
  const { code, text } = await pick("model search zzz", []);
  equal(code, 0);
  equal(readable(text).trim(), 'No model matches "zzz".');
});

for (const flags of ["--log", "--quiet", "--json"]) {
  terminalTest(`${flags} prints the list at once`, async () => {
    const { code, text } = await pick(`model search ${flags}`, []);
    equal(code, 0);
    ok(!text.includes("\x1b[?1049h"));
    match(text, /west/);
  });
}

terminalTest("a terminal that can only show lines gets the list", async () => {
  const { text } = await pick("model search", [], { TERM: "dumb" });
  ok(!text.includes("\x1b[?1049h"));
});

Deno.test("--pick prints the same without a terminal", async () => {
  for (
    const [search, entry, get] of [
      ["model search", "west", "model get west"],
      ["model type search", "Command::Shell", "model type describe command/shell"],
      ["data search --model west", "result", "data get west result --version 1"],
      ["data search", "west/result", "data get west result --version 1"],
      ["vault search", "main", "vault get main"],
      ["vault type search", "local_encryption", "vault type describe local_encryption"],
    ] as const
  ) {
    const picked = await succeeds(repository, [...search.split(" "), "--pick", entry]);
    const got = await succeeds(repository, get.split(" "));
    // A type is described as it was written.
    equal(JSON.stringify(picked), JSON.stringify(got), search);
  }
});

Deno.test("--pick takes a run by its id or the beginning of it", async () => {
  const { id } = (await succeeds(repository, ["model", "output", "search", "west"])).results[0];
  for (const entry of [id, id.slice(0, 8)]) {
    const picked = await succeeds(repository, ["model", "output", "search", "--pick", entry]);
    equal(picked.id, id);
  }
});

Deno.test("--pick takes only what the search finds", async () => {
  const { code, hint } = await fails(repository, ["model", "search", "we", "--pick", "wst"]);
  equal(code, "entry_not_found");
  equal(hint, 'Did you mean "west"?');
  const other = await fails(repository, ["model", "search", "we", "--pick", "other"]);
  equal(other.error, 'No model in the list is called "other"');
});

Deno.test("--pick tells apart what is called the same", async () => {
  const { code, error } = await fails(repository, ["data", "search", "--pick", "result"]);
  equal(code, "ambiguous_entry");
  match(error, /web\/result/);
  match(error, /west\/result/);
});
