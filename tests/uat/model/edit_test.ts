import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { parse, stringify } from "yaml";
import { isThere } from "../background_run.ts";
import { modelSource } from "../extension_sources.ts";
import { createModel } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository, type Run, SWAMP_BIN } from "../swamp.ts";
import { inTerminal } from "../terminal.ts";

/** Models `web` (shell) and `other`, and the file of `web`. */
async function twoModels(): Promise<{ repository: Repository; web: Run["json"] }> {
  const repository = await Repository.create();
  const web = await createModel(repository, "command/shell", "web");
  await createModel(repository, "command/shell", "other");
  return { repository, web };
}

/** Text of a definition, some of its fields replaced. */
function changed(path: string, fields: Record<string, unknown>): string {
  return stringify({ ...parse(Deno.readTextFileSync(path)), ...fields });
}

/** An executable that an editor variable can name. */
function editor(repository: Repository, script: string): string {
  const path = repository.write("bin/nano", `#!/bin/sh\n${script}\n`);
  Deno.chmodSync(path, 0o755);
  return path;
}

Deno.test("content on stdin replaces the definition", async () => {
  const { repository, web } = await twoModels();
  using _ = repository;
  const stdin = changed(web.path, { tags: { team: "core" } });
  deepEqual(await succeeds(repository, ["model", "edit", "web"], { stdin }), {
    path: web.path,
    status: "updated",
    name: "web",
    type: "command/shell",
    editType: "definition",
  });
  deepEqual((await succeeds(repository, ["model", "get", "web"])).tags, { team: "core" });
});

Deno.test("the name may change, the id stays", async () => {
  const { repository, web } = await twoModels();
  using _ = repository;
  const stdin = changed(web.path, { name: "site", id: crypto.randomUUID() });
  equal((await succeeds(repository, ["model", "edit", "web"], { stdin })).name, "site");
  equal((await succeeds(repository, ["model", "get", "site"])).id, web.id);
  await fails(repository, ["model", "get", "web"]);
});

Deno.test("people read what was updated", async () => {
  const { repository, web } = await twoModels();
  using _ = repository;
  const stdin = changed(web.path, { tags: { a: "b" } });
  const { code, stdout } = await repository.run(["model", "edit", "web"], { stdin });
  equal(code, 0);
  match(stdout, /web/);
});

/** New content for `web` that is refused, and what is said of it. */
const REFUSED: Readonly<Record<string, { text: (path: string) => string; says: RegExp }>> = {
  "that is no YAML": { text: () => "name: [", says: /^Invalid model YAML from stdin: / },
  "that is a list": { text: () => "- a\n- b\n", says: /^Invalid model YAML from stdin: / },
  "with a name that is not allowed": {
    text: (path) => changed(path, { name: "../x" }),
    says: /name.* must not contain '\.\.'/,
  },
  "with the name of another model": {
    text: (path) => changed(path, { name: "other" }),
    says: /other/,
  },
  "of another type": { text: (path) => changed(path, { type: "@acme/thing" }), says: /type/ },
  "with an unknown field": {
    text: (path) => changed(path, { globalArgs: { a: 1 } }),
    says: /globalArgs/,
  },
  "with a tag that is no text": {
    text: (path) => changed(path, { tags: { a: [] } }),
    says: /tags/,
  },
};

for (const [what, { text, says }] of Object.entries(REFUSED)) {
  Deno.test(`content ${what} is refused and the file stays as it is`, async () => {
    const { repository, web } = await twoModels();
    using _ = repository;
    const before = Deno.readTextFileSync(web.path);
    const { error } = await fails(repository, ["model", "edit", "web"], { stdin: text(web.path) });
    match(error, says);
    ok(!error.includes('"code"'), error);
    equal(Deno.readTextFileSync(web.path), before);
  });
}

Deno.test("a definition goes back into the file it was read from", async () => {
  using repository = await Repository.create();
  const file = repository.write(
    "models/mine/web.yaml",
    `type: command/shell\nid: ${crypto.randomUUID()}\nname: web\nversion: 1\n`,
  );
  const stdin = changed(file, { tags: { a: "b" } });
  equal((await succeeds(repository, ["model", "edit", "web"], { stdin })).path, file);
  deepEqual(parse(Deno.readTextFileSync(file)).tags, { a: "b" });
  deepEqual([...Deno.readDirSync(repository.path("models"))].map(({ name }) => name), ["mine"]);
});

Deno.test("models of extension types are edited by id", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  const { id, path } = await createModel(repository, "@acme/thing", "t1", { region: "eu" });
  const stdin = changed(path, { globalArguments: { region: "us" } });
  await succeeds(repository, ["model", "edit", id], { stdin });
  deepEqual((await succeeds(repository, ["model", "get", "t1"])).globalArguments, { region: "us" });
});

Deno.test("without a name the command fails at once, in both modes", async () => {
  using repository = await Repository.create();
  const message = "Model ID or name is required in non-interactive mode";
  equal((await fails(repository, ["model", "edit"])).error, message);
  match(await complains(repository, ["model", "edit"]), new RegExp(`^error: ${message}\n`));
  ok(!isThere(repository.path(".swamp/.datastore.lock")));
});

Deno.test("an empty stdin is no content and starts no editor", async () => {
  const { repository, web } = await twoModels();
  using _ = repository;
  const EDITOR = editor(repository, 'echo started > "$1"');
  const before = Deno.readTextFileSync(web.path);
  const { error } = await fails(repository, ["model", "edit", "web"], { env: { EDITOR } });
  match(error, /^There is no definition on stdin and no terminal for an editor\./);
  equal(Deno.readTextFileSync(web.path), before);
});

Deno.test("an unknown model fails with the nearest one", async () => {
  const { repository } = await twoModels();
  using _ = repository;
  const { error } = await fails(repository, ["model", "edit", "wbe"], { stdin: "name: x\n" });
  match(error, /^Model not found: wbe/);
});

/** Runs an edit of `web` in a terminal. */
async function editInTerminal(
  repository: Repository,
  EDITOR: string,
): Promise<{ code: number; screen: string }> {
  const { code, text } = await inTerminal("model edit web --no-color", {
    cwd: repository.root,
    env: { EDITOR, SWAMP_BIN },
  });
  return { code, screen: text };
}

Deno.test("in a terminal the editor gets the file, its own arguments first", async () => {
  const { repository, web } = await twoModels();
  using _ = repository;
  const path = editor(
    repository,
    'echo "$@" > seen; sed "s/tags: {}/tags: { a: b }/" "$2" > new && mv new "$2"',
  );
  const { code, screen } = await editInTerminal(repository, `${path} --wait`);
  equal(code, 0, screen);
  match(Deno.readTextFileSync(repository.path("seen")), /^--wait /);
  deepEqual(parse(Deno.readTextFileSync(web.path)).tags, { a: "b" });
});

Deno.test("with --json what the editor prints stays out of the document", async () => {
  const { repository, web } = await twoModels();
  using _ = repository;
  const EDITOR = editor(repository, "echo noise");
  const { code, text } = await inTerminal("model edit web --json > document", {
    cwd: repository.root,
    env: { EDITOR },
  });
  equal(code, 0, text);
  equal(text.trim(), "noise");
  deepEqual(JSON.parse(Deno.readTextFileSync(repository.path("document"))), {
    path: web.path,
    editor: "nano",
    status: "opened",
    name: "web",
    type: "command/shell",
    editType: "definition",
  });
});

Deno.test("other commands do not wait while the editor is open", async () => {
  const { repository } = await twoModels();
  using _ = repository;
  const path = editor(repository, '"$SWAMP_BIN" model create command/shell during --wait 0');
  equal((await editInTerminal(repository, path)).code, 0);
  equal((await succeeds(repository, ["model", "get", "during"])).name, "during");
});

Deno.test("a definition that the editor leaves broken is told, and its text is kept", async () => {
  const { repository, web } = await twoModels();
  using _ = repository;
  const { code, screen } = await editInTerminal(
    repository,
    editor(repository, 'echo "x: [" > "$1"'),
  );
  equal(code, 1, screen);
  match(screen, /^error: .* is no valid definition: /m);
  match(screen, /Your changes are kept in the file; correct them with 'swamp model edit /);
  equal(Deno.readTextFileSync(web.path), "x: [\n");
});

Deno.test("an editor that fails fails the command", async () => {
  const { repository } = await twoModels();
  using _ = repository;
  const { code, screen } = await editInTerminal(repository, editor(repository, "exit 3"));
  equal(code, 1, screen);
  match(screen, /3/);
});

Deno.test("an editor that cannot be started is named", async () => {
  const { repository } = await twoModels();
  using _ = repository;
  const { code, screen } = await editInTerminal(
    repository,
    repository.write("bin/nano", "no program"),
  );
  equal(code, 1, screen);
  match(screen, /^error: The editor "nano" could not be started$/m);
});

/** Links into a folder every command that can be called here, but some. */
function linkCommands(to: string, without: ReadonlySet<string>): void {
  Deno.mkdirSync(to);
  const linked = new Set(without);
  for (const folder of Deno.env.get("PATH")!.split(":").filter(isThere)) {
    for (const { name } of Deno.readDirSync(folder)) {
      if (!linked.has(name)) Deno.symlinkSync(join(folder, name), join(to, name));
      linked.add(name);
    }
  }
}

Deno.test("without any editor people are told what to set", async () => {
  const { repository } = await twoModels();
  using _ = repository;
  const tools = repository.path("tools");
  linkCommands(tools, new Set(["code", "zed", "nvim", "vim", "nano", "emacs"]));
  const { code, text } = await inTerminal("model edit web --no-color", {
    cwd: repository.root,
    env: { PATH: tools, EDITOR: "no-such-editor" },
  });
  equal(code, 1, text);
  equal(
    text.trim(),
    "error: No editor found. Set $EDITOR environment variable or install one of: " +
      "code, zed, nvim, vim, nano, emacs",
  );
});
