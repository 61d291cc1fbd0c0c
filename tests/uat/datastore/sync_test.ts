import { deepEqual, equal, match } from "node:assert/strict";
import { createModel, runMethod } from "../models.ts";
import { fails } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { MirroredStore } from "./datastores.ts";

const sync = (...flags: string[]) => ["datastore", "sync", ...flags, "--json"];

Deno.test("sync moves what has changed each way once, under the global lock", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store, cache } = mirrored;
  Deno.mkdirSync(`${store.path}/store/files`, { recursive: true });
  store.write("store/files/theirs", "1");
  cache.write("ours", "2");
  const { code, json } = await repository.run(sync());
  equal(code, 0);
  deepEqual(json, { mode: "sync", filesPulled: 1, filesPushed: 1, errors: [] });
  deepEqual(mirrored.calls(), ["acquire global", "pull", "push", "release global"]);
  deepEqual(cache.files(), store.files("store"));
});

Deno.test("pulling and pushing can be had alone, under the lock too", async () => {
  using mirrored = await MirroredStore.create();
  const { repository } = mirrored;
  deepEqual((await repository.run(sync("--pull"))).json, { mode: "pull", filesPulled: 0 });
  deepEqual(mirrored.calls(), ["acquire global", "pull", "release global"]);
  deepEqual((await repository.run(sync("--push"))).json, { mode: "push", filesPushed: 0 });
  deepEqual(mirrored.calls(), ["acquire global", "push", "release global"]);
  const both = await repository.run(sync("--pull", "--push"));
  equal(both.code, 1);
  match(both.json.error, /--pull and --push exclude each other/);
});

Deno.test("a sync that fails says what was done and what not, with exit code 1", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store } = mirrored;
  store.write("fail-pull", "no such bucket");
  const pulling = await repository.run(sync());
  equal(pulling.code, 1);
  deepEqual(mirrored.calls(), ["acquire global", "pull", "release global"]);
  const { mode, filesPulled, filesPushed, errors, error } = pulling.json;
  deepEqual([mode, filesPulled, filesPushed, errors], ["sync", 0, 0, [error]]);
  store.remove("fail-pull");
  store.write("fail-push", "the network is down");
  const pushing = await repository.run(sync());
  match(pushing.json.error, /the network is down\. What was written is kept in/);
});

Deno.test("a filesystem datastore has nothing to move", async () => {
  using repository = await Repository.create();
  await createModel(repository, "command/shell", "sh");
  await runMethod(repository, "sh", "execute", { run: "true" });
  for (const flags of [[], ["--pull"], ["--push"]]) {
    const { error } = await fails(repository, ["datastore", "sync", ...flags]);
    equal(
      error,
      "Datastore sync is only available for sync-capable custom datastores. " +
        "Current datastore type: filesystem",
    );
  }
});
