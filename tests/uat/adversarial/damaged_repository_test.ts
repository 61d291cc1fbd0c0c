import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { isThere } from "../background_run.ts";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** Repositories with the shell model `sh`, by how often it was run. Tests get copies. */
const templates = new Map<number, { repository: Repository; id: string }>();
for (const runs of [0, 1, 3]) templates.set(runs, await shellRepositoryOfItsOwn(runs));
Deno.test.afterAll(() => {
  for (const { repository } of templates.values()) repository[Symbol.dispose]();
});

async function shellRepositoryOfItsOwn(
  runs: number,
): Promise<{ repository: Repository; id: string }> {
  const repository = await Repository.create();
  const { id } = await createModel(repository, "command/shell", "sh");
  for (let run = 1; run <= runs; run++) {
    await runMethod(repository, "sh", "execute", { run: `echo ${run}` }, ["--skip-reports"]);
  }
  return { repository, id };
}

/** A repository with the shell model `sh`, run as often as told. */
async function shellRepository(
  runs: 0 | 1 | 3 = 0,
): Promise<{ repository: Repository; id: string }> {
  const template = templates.get(runs)!;
  const repository = await Repository.create();
  const copied = await new Deno.Command("cp", {
    args: ["-R", `${template.repository.root}/.`, repository.root],
  }).output();
  equal(copied.success, true);
  return { repository, id: template.id };
}

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
    const { repository } = await shellRepository();
    using _ = repository;
    repository.write(".swamp.yaml", text);
    for (const command of ["model search", "model get sh", "model create command/shell x"]) {
      const { error } = await fails(repository, command.split(" "));
      match(error, /\.swamp\.yaml/, command);
    }
  });

  Deno.test(`.swamp.yaml ${state}: version, help and completions work`, async () => {
    const { repository } = await shellRepository();
    using _ = repository;
    repository.write(".swamp.yaml", text);
    for (const command of ["version", "help", "model get --help", "completions bash", "--help"]) {
      const { code } = await repository.run(command.split(" "));
      equal(code, 0, command);
    }
  });

  Deno.test(`.swamp.yaml ${state}: upgrade writes nothing over it, init --force repairs it`, async () => {
    const { repository } = await shellRepository();
    using _ = repository;
    repository.write(".swamp.yaml", text);
    const { error } = await fails(repository, ["repo", "upgrade"]);
    match(error, /\.swamp\.yaml/);
    equal(Deno.readTextFileSync(repository.path(".swamp.yaml")), text);
    equal((await repository.run(["init", "--force", "--tool", "none"])).code, 0);
    equal((await succeeds(repository, ["model", "get", "sh"])).name, "sh");
  });
}

const UUID = "22222222-2222-4222-8222-222222222222";

const DEFINITIONS: Readonly<Record<string, string>> = {
  "malformed": "name: [\n",
  "empty": "",
  "a list": "- a\n",
  "without a name": `id: ${UUID}\nversion: 1\n`,
  "without an id": "name: broken\nversion: 1\n",
  "with an id that is none": "id: 12\nname: broken\nversion: 1\n",
  "with a tag that is a list": `id: ${UUID}\nname: broken\nversion: 1\ntags: { a: [] }\n`,
  "with a name that leaves its folder": `id: ${UUID}\nname: ../../x\nversion: 1\n`,
  "of bytes": "\u0000\u0001\u0002",
};

for (const [state, text] of Object.entries(DEFINITIONS)) {
  Deno.test(`a definition ${state} is one warning that names it, and nothing else`, async () => {
    const { repository } = await shellRepository();
    using _ = repository;
    repository.write("models/command/shell/broken.yaml", text);
    for (const flags of [[], ["--json"]]) {
      const { code, stdout, stderr } = await repository.run(["model", "search", ...flags]);
      equal(code, 0);
      match(stdout, /sh/);
      const told = (stdout + stderr).split("\n").filter((line) =>
        line.includes("models/command/shell/broken.yaml")
      );
      equal(told.length, 1, stdout + stderr);
      if (flags.length > 0) JSON.parse(stdout);
    }
    const { code } = await repository.run(["model", "get", "sh"]);
    equal(code, 0);
    const run = await repository.run(runArgs("sh", "execute", { run: "true" }));
    equal(run.code, 0);
  });
}

Deno.test("a name that only a broken file carries is told with that file", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  repository.write(`models/command/shell/${UUID}.yaml`, `id: 12\nname: lost\nversion: 1\n`);
  const { code, json } = await repository.run(["model", "get", "lost", "--json"]);
  equal(code, 1);
  match(json.error, /^Model not found: lost/);
  ok(json.error.includes(`models/command/shell/${UUID}.yaml`), json.error);
});

Deno.test("a broken file asked for by its id is named, in plain words", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  repository.write(`models/command/shell/${UUID}.yaml`, "name: [\n");
  const { code, json } = await repository.run(["model", "get", UUID, "--json"]);
  equal(code, 1);
  ok(json.error.includes(`models/command/shell/${UUID}.yaml`), json.error);
  ok(!("stack" in json));
});

Deno.test("a name that two files carry is refused with both", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  const files = ["models/a.yaml", "models/b.yaml"];
  for (const file of files) {
    repository.write(
      file,
      `type: command/shell\nid: ${crypto.randomUUID()}\nname: same\nversion: 1\n`,
    );
  }
  for (
    const command of [
      "model get same",
      "model delete same --force",
      "data list same",
      "model method run same execute",
    ]
  ) {
    const { error } = await fails(repository, command.split(" "));
    match(error, /^Ambiguous model name "same"/);
    for (const file of files) ok(error.includes(file), error);
  }
  equal((await succeeds(repository, ["model", "search", "same"])).results.length, 2);
});

Deno.test("an id that two files carry is refused with both", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  const files = ["models/a.yaml", "models/b.yaml"];
  for (const [index, file] of files.entries()) {
    repository.write(file, `type: command/shell\nid: ${UUID}\nname: n${index}\nversion: 1\n`);
  }
  const { error } = await fails(repository, ["model", "get", UUID]);
  match(error, /[Aa]mbiguous/);
  for (const file of files) ok(error.includes(file), error);
});

Deno.test("a link out of the repository is not followed", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  using other = await Repository.create();
  const { path } = await createModel(other, "command/shell", "foreign");
  Deno.symlinkSync(path, repository.path("models/command/shell/foreign.yaml"));
  const { code, stdout } = await repository.run(["model", "search", "--json"]);
  equal(code, 0);
  deepEqual(JSON.parse(stdout).results.map((one: Run["json"]) => one.name), ["sh"]);
});

Deno.test("a link within the repository is followed", async () => {
  const { repository, id } = await shellRepository();
  using _ = repository;
  const { path } = await succeeds(repository, ["model", "get", "sh"]);
  Deno.mkdirSync(repository.path("kept"));
  Deno.renameSync(path, repository.path("kept/sh.yaml"));
  Deno.symlinkSync("../kept/sh.yaml", repository.path("models/sh.yaml"));
  equal((await succeeds(repository, ["model", "get", "sh"])).id, id);
});

Deno.test("a cycle of folders does not hang anything", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  Deno.symlinkSync("..", repository.path("models/command/loop"));
  const { code, stdout } = await repository.run(["model", "search", "--json"]);
  equal(code, 0);
  equal(JSON.parse(stdout).results.length, 1);
});

Deno.test("without models/ there are no models, and the next create makes it", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  Deno.removeSync(repository.path("models"), { recursive: true });
  deepEqual((await succeeds(repository, ["model", "search"])).results, []);
  await createModel(repository, "command/shell", "new");
});

/** What can happen to the newest (third) version of data, and the version that is the latest then. */
const DATA: Readonly<Record<string, readonly [spoil: (folder: string) => void, latest: number]>> = {
  "metadata missing": [(folder) => Deno.removeSync(`${folder}/3/metadata.yaml`), 2],
  "metadata malformed": [
    (folder) => Deno.writeTextFileSync(`${folder}/3/metadata.yaml`, "a: ["),
    2,
  ],
  "metadata empty": [(folder) => Deno.writeTextFileSync(`${folder}/3/metadata.yaml`, ""), 2],
  "an older version's metadata malformed": [
    (folder) => Deno.writeTextFileSync(`${folder}/1/metadata.yaml`, "a: ["),
    3,
  ],
  "latest missing": [(folder) => Deno.removeSync(`${folder}/latest`), 3],
  "latest garbage": [(folder) => Deno.writeTextFileSync(`${folder}/latest`, "many"), 3],
  "latest empty": [(folder) => Deno.writeTextFileSync(`${folder}/latest`, ""), 3],
  "latest naming a version that is not there": [
    (folder) => Deno.writeTextFileSync(`${folder}/latest`, "77"),
    3,
  ],
  "latest a folder": [(folder) => {
    Deno.removeSync(`${folder}/latest`);
    Deno.mkdirSync(`${folder}/latest`);
  }, 3],
  "latest a link, as in old repositories": [(folder) => {
    Deno.removeSync(`${folder}/latest`);
    Deno.symlinkSync("3", `${folder}/latest`);
  }, 3],
  "the newest version's folder gone": [
    (folder) => Deno.removeSync(`${folder}/3`, { recursive: true }),
    2,
  ],
  "a temporary file left by a crash": [
    (folder) => Deno.writeTextFileSync(`${folder}/.latest.tmp`, "x"),
    3,
  ],
  "a version folder left empty by a crash": [(folder) => Deno.mkdirSync(`${folder}/4`), 3],
};

for (const [state, [spoil, latest]] of Object.entries(DATA)) {
  Deno.test(`data with ${state}: version ${latest} is the latest, and runs go on`, async () => {
    const { repository, id } = await shellRepository(3);
    using _ = repository;
    spoil(repository.path(".swamp/data/command/shell", id, "result"));
    const { code, json } = await repository.run(["data", "get", "sh", "result", "--json"]);
    equal(code, 0);
    equal(json.version, latest);
    equal(json.content.stdout, String(latest));
    const list = await repository.run(["data", "list", "sh", "--json"]);
    equal(list.code, 0);
    equal(list.json.total, 2, "the model's other data is there");
    const run = await repository.run([
      ...runArgs("sh", "execute", { run: "echo next" }),
      ...["--json"],
    ]);
    equal(run.code, 0, run.stderr);
    const after = await repository.run(["data", "get", "sh", "result", "--json"]);
    equal(after.json.content.stdout, "next");
    ok(after.json.version > latest);
  });
}

Deno.test("a latest behind the newest version never goes back silently", async () => {
  const { repository, id } = await shellRepository(3);
  using _ = repository;
  repository.write(`.swamp/data/command/shell/${id}/result/latest`, "1");
  const { json, stderr } = await repository.run(["data", "get", "sh", "result", "--json"]);
  ok(json.version === 3 || stderr !== "", JSON.stringify(json));
  await repository.run(runArgs("sh", "execute", { run: "echo next" }));
  equal((await dataContent(repository, "sh", "result", 3)).stdout, "3", "nothing was overwritten");
  equal((await succeeds(repository, ["data", "get", "sh", "result"])).version, 4);
});

Deno.test("damaged metadata is a warning that names the file", async () => {
  const { repository, id } = await shellRepository(3);
  using _ = repository;
  const file = `.swamp/data/command/shell/${id}/result/3/metadata.yaml`;
  repository.write(file, "a: [");
  const { stdout, stderr } = await repository.run(["data", "list", "sh"]);
  ok((stdout + stderr).includes(file), stdout + stderr);
});

Deno.test("data whose content is gone is shown without it", async () => {
  const { repository, id } = await shellRepository(1);
  using _ = repository;
  Deno.removeSync(repository.path(`.swamp/data/command/shell/${id}/result/1/raw`));
  const { code, json } = await repository.run(["data", "get", "sh", "result", "--json"]);
  equal(code, 0);
  equal("content" in json, false);
});

Deno.test("a damaged run record stops neither runs nor delete", async () => {
  const { repository, id } = await shellRepository(1);
  using _ = repository;
  const folder = repository.path(".swamp/outputs/command/shell/execute");
  for (const { name } of Deno.readDirSync(folder)) {
    if (name.endsWith(".yaml")) Deno.writeTextFileSync(`${folder}/${name}`, "status: [");
  }
  equal((await repository.run(runArgs("sh", "execute", { run: "true" }))).code, 0);
  const { code, stderr } = await repository.run(["model", "delete", "sh", "--force", "--json"]);
  equal(code, 0, stderr);
  ok(!isThere(repository.path(".swamp/data/command/shell", id)));
});

Deno.test("parts of .swamp that are missing are made again", async () => {
  for (const part of ["", "data", "outputs", "definitions-evaluated"]) {
    const { repository } = await shellRepository(1);
    using _ = repository;
    Deno.removeSync(repository.path(".swamp", part), { recursive: true });
    await succeeds(repository, ["model", "get", "sh"]);
    await succeeds(repository, ["data", "list", "sh"]);
    await runMethod(repository, "sh", "execute", { run: "true" });
  }
});

Deno.test("a file in the place of .swamp is told in plain words", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  Deno.removeSync(repository.path(".swamp"), { recursive: true });
  const path = repository.write(".swamp", "");
  for (const command of ["model method run sh execute", "model create command/shell x"]) {
    const { error } = await fails(repository, command.split(" "));
    equal(error, `Datastore path is not a directory: ${path}`, command);
  }
});

Deno.test("a file in the place of .swamp/data is named", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  Deno.removeSync(repository.path(".swamp/data"), { recursive: true });
  const path = repository.write(".swamp/data", "");
  const { error, code } = await fails(repository, runArgs("sh", "execute", { run: "true" }));
  ok(error.includes(path), error);
  notEqual(code, "internal_error");
});

for (const text of ["garbage ".repeat(1000), ""]) {
  Deno.test(`a data catalog of ${text.length} wrong bytes disturbs nothing`, async () => {
    const { repository } = await shellRepository(1);
    using _ = repository;
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
    const { repository } = await shellRepository(1);
    using _ = repository;
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
    const { repository } = await shellRepository(1);
    using _ = repository;
    await chmod("a-w", repository.path("models"));
    try {
      await fails(repository, ["model", "delete", "sh", "--force"]);
      equal((await dataContent(repository, "sh", "result")).stdout, "1");
    } finally {
      await chmod("u+w", repository.path("models"));
    }
  },
});
