import { deepEqual, equal, match } from "node:assert/strict";
import { parse, stringify } from "yaml";
import { fails, succeeds } from "../outcomes.ts";
import type { Repository, Run } from "../swamp.ts";
import { inTerminal } from "../terminal.ts";
import { withMainVault } from "./vaults.ts";

function fileOf(repository: Repository, { id }: Run["json"]): string {
  return repository.path("vaults/local_encryption", `${id}.yaml`);
}

/** An executable that an editor variable can name. */
function editor(repository: Repository, script: string): string {
  const path = repository.write("bin/nano", `#!/bin/sh\n${script}\n`);
  Deno.chmodSync(path, 0o755);
  return path;
}

Deno.test("new content on stdin replaces the vault, comments included", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const stdin = "# ours\nconfig:\n  auto_generate: true\n  key_file: /k # kept safe\n";
  deepEqual(await succeeds(repository, ["vault", "edit", "main"], { stdin }), {
    path: fileOf(repository, main),
    status: "updated",
    id: main.id,
    name: "main",
    type: "local_encryption",
  });
  match(Deno.readTextFileSync(fileOf(repository, main)), /^# ours\n[\s\S]*\/k # kept safe\n/);
  deepEqual((await succeeds(repository, ["vault", "get", "main"])).config, {
    auto_generate: true,
    key_file: "/k",
  });
});

Deno.test("id and date of creation stay whatever stdin says", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const before = parse(Deno.readTextFileSync(fileOf(repository, main)));
  const stdin = stringify({ ...before, id: crypto.randomUUID(), createdAt: "x" });
  await succeeds(repository, ["vault", "edit", main.id], { stdin });
  deepEqual(parse(Deno.readTextFileSync(fileOf(repository, main))), before);
});

/** New content that is refused, and what is said of it. */
const REFUSED: Readonly<Record<string, { stdin: string; says: RegExp }>> = {
  "nothing": { stdin: " \n", says: /^There is no vault on stdin and no terminal for an editor\./ },
  "text that is no YAML": { stdin: "name: [", says: /^Invalid vault YAML from stdin: .*line 1/ },
  "a list": { stdin: "- a\n", says: /a vault must be a map of fields$/ },
  "another name": { stdin: "name: other\n", says: /its name must stay "main"$/ },
  "another type": { stdin: "type: environment\n", says: /its type must stay "local_encryption"/ },
  "a config that is a list": { stdin: "config: [1]\n", says: /config must be a map$/ },
  "a config that the type refuses": {
    stdin: "config: { auto_generate: 7 }\n",
    says: /config\.auto_generate: Invalid input: expected boolean, received number$/,
  },
  "a field that the type does not know": {
    stdin: "config: { autogenerate: true }\n",
    says: /config\.autogenerate: .*Did you mean "auto_generate"\?$/,
  },
};

for (const [what, { stdin, says }] of Object.entries(REFUSED)) {
  Deno.test(`${what} is refused, and the vault stays as it is`, async () => {
    const { repository, main } = await withMainVault();
    using _ = repository;
    const before = Deno.readTextFileSync(fileOf(repository, main));
    match((await fails(repository, ["vault", "edit", "main"], { stdin })).error, says);
    equal(Deno.readTextFileSync(fileOf(repository, main)), before);
  });
}

Deno.test("in a terminal the editor gets the vault's own file", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const EDITOR = editor(repository, "echo '# edited' >> \"$1\"");
  const { code, text } = await inTerminal("vault edit main", {
    cwd: repository.root,
    env: { EDITOR },
  });
  equal(code, 0, text);
  match(Deno.readTextFileSync(fileOf(repository, main)), /# edited\n$/);
});

Deno.test("a mistake made in the editor is told, and the text is kept", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const EDITOR = editor(repository, "sed -i.bak 's/auto_generate: true/auto_generate: 7/' \"$1\"");
  const { code, text } = await inTerminal("vault edit main", {
    cwd: repository.root,
    env: { EDITOR },
  });
  equal(code, 1);
  match(text, /is no valid vault: config\.auto_generate: .*Your changes are kept in the file/);
  match(Deno.readTextFileSync(fileOf(repository, main)), /auto_generate: 7/);
});

Deno.test("a damaged vault can be repaired", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const path = fileOf(repository, main);
  const before = parse(Deno.readTextFileSync(path));
  Deno.writeTextFileSync(path, stringify({ ...before, config: [1] }));
  const stdin = stringify(before);
  const { code } = await repository.run(["vault", "edit", `${main.id}.yaml`], { stdin });
  equal(code, 0);
  deepEqual((await succeeds(repository, ["vault", "get", "main"])).config, before.config);
});

Deno.test("without a vault the list of vaults is recommended", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { error, hint } = await fails(repository, ["vault", "edit"]);
  equal(error, "Vault name or ID is required in non-interactive mode");
  equal(hint, "'swamp vault search' lists the vaults.");
});
