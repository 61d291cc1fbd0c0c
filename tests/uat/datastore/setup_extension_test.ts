import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { createModel, dataContent, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Folder, MirroredStore, setup, written } from "./datastores.ts";

/** Arguments that make the mirror of `mirrored` the datastore. */
const toMirror = ({ store, cache }: MirroredStore, ...flags: string[]) => [
  "datastore",
  "setup",
  "extension",
  "@acme/mirror",
  "--config",
  JSON.stringify({ remote: store.path, cache: cache.path }),
  ...flags,
  "--json",
];

/** A mirrored store that the repository does not use yet, with data of the repository. */
async function unusedMirror(): Promise<MirroredStore> {
  const mirrored = await MirroredStore.create();
  const marker = mirrored.repository.path(".swamp.yaml");
  const [without = ""] = Deno.readTextFileSync(marker).split("datastore:\n");
  Deno.writeTextFileSync(marker, without);
  await createModel(mirrored.repository, "command/shell", "sh");
  await runMethod(mirrored.repository, "sh", "execute", { run: "echo hi" });
  mirrored.calls();
  return mirrored;
}

Deno.test("setup extension verifies, then brings what there is to the local copy and the datastore", async () => {
  using mirrored = await unusedMirror();
  const { repository, store, cache } = mirrored;
  const before = written(repository.path(".swamp"));
  const { code, json, stderr } = await repository.run(toMirror(mirrored));
  equal(code, 0, stderr);
  deepEqual([json.type, json.filesCopied, json.errors], [
    "@acme/mirror",
    Object.keys(before).length,
    [],
  ]);
  deepEqual(mirrored.calls(), ["verify", "acquire global", "pull", "push", "release global"]);
  deepEqual(written(cache.path), before);
  deepEqual(written(join(store.path, "store")), before);
  deepEqual(written(repository.path(".swamp")), {});
  const get = await repository.run(["data", "get", "sh", "result", "--json"]);
  equal(get.json.content.stdout, "hi");
});

Deno.test("setup extension changes nothing where the datastore refuses", async () => {
  using mirrored = await unusedMirror();
  const { repository, store } = mirrored;
  const marker = Deno.readTextFileSync(repository.path(".swamp.yaml"));
  const before = written(repository.path(".swamp"));
  const refused = async (message: RegExp, ...args: string[]) => {
    const { code, json } = await repository.run(args.length > 0 ? args : toMirror(mirrored));
    equal(code, 1);
    match(json.error, message);
    equal(Deno.readTextFileSync(repository.path(".swamp.yaml")), marker);
    deepEqual(written(repository.path(".swamp")), before);
  };
  store.write("sick", "");
  await refused(/^Datastore is not accessible: msg sick$/);
  store.remove("sick");
  store.write("fail-push", "no room");
  await refused(/^Could not push to the datastore .*no room/);
  const type = ["datastore", "setup", "extension", "@acme/mirror", "--json"];
  await refused(/^Invalid config for "@acme\/mirror": remote: /, ...type, "--config", "{}");
  await refused(/^Invalid JSON in --config: /, ...type, "--config", "{");
  await refused(/^Invalid JSON in --config: it must be an object/, ...type, "--config", "[]");
});

Deno.test("leaving a datastore of an extension takes along what is in it, and leaves it there", async () => {
  using mirrored = await unusedMirror();
  using target = new Folder();
  const { repository, store } = mirrored;
  equal((await repository.run(toMirror(mirrored))).code, 0);
  const there = written(join(store.path, "store"));
  Deno.mkdirSync(join(store.path, "store/files"));
  store.write("store/files/pushed-by-another-machine", "1");
  const { code, json, stderr } = await repository.run([...setup(target.path), "--json"]);
  equal(code, 0, stderr);
  equal(json.leftAt, mirrored.cache.path);
  deepEqual(written(target.path), { ...there, "files/pushed-by-another-machine": "1" });
  equal((await dataContent(repository, "sh", "result")).stdout, "hi");
  equal(Object.keys(written(join(store.path, "store"))).length, Object.keys(there).length + 1);
});

Deno.test("a repository whose datastore is gone can be given another one", async () => {
  using mirrored = await unusedMirror();
  using target = new Folder();
  const { repository } = mirrored;
  mirrored.configure("  type: '@acme/gone'\n");
  const { error } = await fails(repository, setup(target.path));
  match(error, /^Unknown datastore type "@acme\/gone"/);
  await succeeds(repository, setup(target.path, "--skip-migration"));
  await succeeds(repository, ["datastore", "status"]);
});
