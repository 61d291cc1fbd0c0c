import { equal, match } from "node:assert/strict";
import { createModel } from "../models.ts";
import { complains, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { type Deed, inTerminal, type Screen, terminalTest } from "../terminal.ts";

/** A repository with two models, two vaults, and an editor that adds a line to the file it is given. */
const repository = await Repository.create();
const paths: Record<string, string> = {};
for (const name of ["one", "two"]) {
  paths[`model ${name}`] = (await createModel(repository, "command/shell", name)).path;
  const { id } = await succeeds(repository, ["vault", "create", "local_encryption", name]);
  paths[`vault ${name}`] = repository.path("vaults/local_encryption", `${id}.yaml`);
}
const EDITOR = repository.write(
  "bin/nano",
  '#!/bin/sh\necho ready\nread line\necho "# $line" >> "$1"\n',
);
Deno.chmodSync(EDITOR, 0o755);
Deno.test.afterAll(() => repository[Symbol.dispose]());

function edit(args: string, deeds: readonly Deed[]): Promise<Screen> {
  const size = { rows: 24, columns: 80 };
  return inTerminal(args, { cwd: repository.root, size, env: { EDITOR }, deeds });
}

for (const kind of ["model", "vault"]) {
  terminalTest(`${kind} edit without a name edits the ${kind} that is picked`, async () => {
    const { code, text } = await edit(`${kind} edit`, [
      { when: "Enter edits it", type: "two" },
      { when: "1 of 2", type: "\r" },
      { when: "ready", type: "every key gets to the editor\r" },
    ]);
    equal(code, 0, text);
    match(Deno.readTextFileSync(paths[`${kind} two`]!), /# every key gets to the editor\n$/);
  });

  terminalTest(`${kind} edit ends without editing on Escape`, async () => {
    const before = Deno.readTextFileSync(paths[`${kind} one`]!);
    const { code } = await edit(`${kind} edit`, [{ when: "Enter edits it", type: "\x1b" }]);
    equal(code, 0);
    equal(Deno.readTextFileSync(paths[`${kind} one`]!), before);
  });

  terminalTest(`who picks a ${kind} keeps nobody waiting`, async () => {
    const create = ["model", "create", "command/shell", `made-while-a-${kind}-is-picked`];
    const { code } = await edit(`${kind} edit`, [{
      when: "Enter edits it",
      act: async () => void await succeeds(repository, [...create, "--wait", "0"]),
      type: "\x1b",
    }]);
    equal(code, 0);
  });

  Deno.test(`${kind} edit without a name fails at once where nobody can be asked`, async () => {
    match(await complains(repository, [kind, "edit"]), /is required in non-interactive mode/);
  });

  terminalTest(`${kind} edit --log asks nobody`, async () => {
    const { code, text } = await edit(`${kind} edit --log`, []);
    equal(code, 1);
    match(text, /is required in non-interactive mode/);
  });

  terminalTest(`${kind} edit says so when there is nothing to edit`, async () => {
    using empty = await Repository.create();
    const { code, text } = await inTerminal(`${kind} edit`, { cwd: empty.root });
    equal(code, 1);
    match(text, new RegExp(`No ${kind}s yet\\. 'swamp ${kind} create`));
  });
}
