import { equal, ok } from "node:assert/strict";
import { isThere } from "../background_run.ts";
import { dataContent, runArgs } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { spoiledRepository } from "./spoiled_repository.ts";

const { repository, id } = await spoiledRepository();

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
  repository.write(`.swamp/data/command/shell/${id}/result/latest`, "1");
  const { json, stderr } = await repository.run(["data", "get", "sh", "result", "--json"]);
  ok(json.version === 3 || stderr !== "", JSON.stringify(json));
  await repository.run(runArgs("sh", "execute", { run: "echo next" }));
  equal((await dataContent(repository, "sh", "result", 3)).stdout, "3", "nothing was overwritten");
  equal((await succeeds(repository, ["data", "get", "sh", "result"])).version, 4);
});

Deno.test("damaged metadata is a warning that names the file", async () => {
  const file = `.swamp/data/command/shell/${id}/result/3/metadata.yaml`;
  repository.write(file, "a: [");
  const { stdout, stderr } = await repository.run(["data", "list", "sh"]);
  ok((stdout + stderr).includes(file), stdout + stderr);
});

Deno.test("data whose content is gone is shown without it", async () => {
  Deno.removeSync(repository.path(`.swamp/data/command/shell/${id}/result/3/raw`));
  const { code, json } = await repository.run(["data", "get", "sh", "result", "--json"]);
  equal(code, 0);
  equal("content" in json, false);
});

Deno.test("a damaged run record stops neither runs nor delete", async () => {
  const folder = repository.path(".swamp/outputs/command/shell/execute");
  for (const { name } of Deno.readDirSync(folder)) {
    if (name.endsWith(".yaml")) Deno.writeTextFileSync(`${folder}/${name}`, "status: [");
  }
  equal((await repository.run(runArgs("sh", "execute", { run: "true" }))).code, 0);
  const { code, stderr } = await repository.run(["model", "delete", "sh", "--force", "--json"]);
  equal(code, 0, stderr);
  ok(!isThere(repository.path(".swamp/data/command/shell", id)));
});
