import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { spoiledRepository } from "./spoiled_repository.ts";

const { repository } = await spoiledRepository();

const SETTINGS: Readonly<Record<string, string>> = {
  "malformed": "a: [\n",
  "empty": "",
  "a text": "hello\n",
  "a list": "- a\n",
  "without a version but with a number for a folder": "modelsDir: 7\n",
  "with an unknown tool": "tool: bogus\n",
};

for (const [state, text] of Object.entries(SETTINGS)) {
  Deno.test(`.swamp.yaml ${state}: commands of the repository say so, naming it`, async () => {
    repository.write(".swamp.yaml", text);
    for (const command of ["model search", "model get sh", "model create command/shell x"]) {
      const { error } = await fails(repository, command.split(" "));
      match(error, /\.swamp\.yaml/, command);
    }
  });

  Deno.test(`.swamp.yaml ${state}: version, help and completions work`, async () => {
    repository.write(".swamp.yaml", text);
    for (const command of ["version", "help", "model get --help", "completions bash", "--help"]) {
      const { code } = await repository.run(command.split(" "));
      equal(code, 0, command);
    }
  });

  Deno.test(`.swamp.yaml ${state}: upgrade writes nothing over it, init --force repairs it`, async () => {
    repository.write(".swamp.yaml", text);
    const { error } = await fails(repository, ["repo", "upgrade"]);
    match(error, /\.swamp\.yaml/);
    match(
      (await fails(repository, ["init"])).error,
      /^Repository already initialized at .*--force/s,
    );
    equal(Deno.readTextFileSync(repository.path(".swamp.yaml")), text);
    equal((await repository.run(["init", "--force", "--tool", "none"])).code, 0);
    equal((await succeeds(repository, ["model", "get", "sh"])).name, "sh");
  });
}

Deno.test("without models/ there are no models, and the next create makes it", async () => {
  Deno.removeSync(repository.path("models"), { recursive: true });
  deepEqual((await succeeds(repository, ["model", "search"])).results, []);
  await createModel(repository, "command/shell", "new");
});

Deno.test("parts of .swamp that are missing are made again", async () => {
  for (const part of ["", "data", "outputs", "definitions-evaluated"]) {
    Deno.removeSync(repository.path(".swamp", part), { recursive: true });
    await succeeds(repository, ["model", "get", "sh"]);
    await succeeds(repository, ["data", "list", "sh"]);
    await runMethod(repository, "sh", "execute", { run: "true" });
  }
});

Deno.test("a file in the place of .swamp is told in plain words", async () => {
  Deno.removeSync(repository.path(".swamp"), { recursive: true });
  const path = repository.write(".swamp", "");
  for (const command of ["model method run sh execute", "model create command/shell x"]) {
    const { error } = await fails(repository, command.split(" "));
    equal(error, `Datastore path is not a directory: ${path}`, command);
  }
});

Deno.test("a file in the place of .swamp/data is named", async () => {
  Deno.removeSync(repository.path(".swamp/data"), { recursive: true });
  const path = repository.write(".swamp/data", "");
  const { error, code } = await fails(repository, runArgs("sh", "execute", { run: "true" }));
  ok(error.includes(path), error);
  notEqual(code, "internal_error");
});

for (const text of ["garbage ".repeat(1000), ""]) {
  Deno.test(`a data catalog of ${text.length} wrong bytes disturbs nothing`, async () => {
    repository.write(".swamp/data/_catalog.db", text);
    await succeeds(repository, ["model", "search"]);
    await succeeds(repository, ["data", "get", "sh", "result"]);
    equal((await repository.run(runArgs("sh", "execute", { run: "true" }))).code, 0);
  });
}

/** Makes everything below a folder read-only, or writable again. */
async function chmod(mode: "a-w" | "u+w", folder: string): Promise<void> {
  await new Deno.Command("chmod", { args: ["-R", mode, folder] }).output();
}

Deno.test({
  name: "reading commands work on a repository that may not be written",
  // Nothing is read-only to root.
  ignore: Deno.uid() === 0,
  fn: async () => {
    await chmod("a-w", repository.root);
    try {
      for (
        const command of [
          "model get sh",
          "model search",
          "model validate sh",
          "model type search",
          "data list sh",
          "data get sh result",
        ]
      ) {
        const { code, stderr } = await repository.run(command.split(" "));
        equal(code, 0, `${command}: ${stderr}`);
      }
      const { error, code } = await fails(repository, ["model", "create", "command/shell", "x"]);
      ok(error.includes(repository.root), error);
      notEqual(code, "internal_error");
    } finally {
      await chmod("u+w", repository.root);
    }
  },
});

Deno.test({
  name: "a delete that cannot remove the definition keeps the data",
  // Nothing is read-only to root.
  ignore: Deno.uid() === 0,
  fn: async () => {
    await chmod("a-w", repository.path("models"));
    try {
      await fails(repository, ["model", "delete", "sh", "--force"]);
      equal((await dataContent(repository, "sh", "result")).stdout, "3");
    } finally {
      await chmod("u+w", repository.path("models"));
    }
  },
});
