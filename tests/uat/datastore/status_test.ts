import { deepEqual, equal, match } from "node:assert/strict";
import { complains, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { MirroredStore, StoreElsewhere } from "./datastores.ts";

Deno.test("datastore type search and describe know the built-in type", async () => {
  using repository = await Repository.create();
  const { results } = await succeeds(repository, ["datastore", "type", "search"]);
  deepEqual(results.map(({ type }: { type: string }) => type), ["filesystem"]);
  const { configSchema } = await succeeds(repository, [
    "datastore",
    "type",
    "describe",
    "filesystem",
  ]);
  deepEqual(Object.keys(configSchema.properties), ["path"]);
});

Deno.test("the status of a repository without a datastore is that of its .swamp", async () => {
  using repository = await Repository.create();
  const status = await succeeds(repository, ["datastore", "status"]);
  const path = repository.path(".swamp");
  const { latencyMs, directories, ...rest } = status;
  equal(typeof latencyMs, "number");
  equal(directories.length, 10);
  deepEqual(rest, {
    type: "filesystem",
    path,
    healthy: true,
    message: `Filesystem datastore at ${path} is healthy`,
  });
});

Deno.test("people read the status in a few lines", async () => {
  using repository = await Repository.create();
  const { stdout } = await repository.run(["datastore", "status"]);
  match(stdout, /^Datastore Status\n {2}Type: +filesystem\n {2}Path: +\S+\n {2}Health: +● healthy/);
});

Deno.test("a datastore that cannot be used is unhealthy, with exit code 1", async () => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  store.write("file", "");
  elsewhere.configure(`  type: filesystem\n  path: ${store.path}/file\n`);
  const { code, json, stderr } = await repository.run(["datastore", "status", "--json"]);
  equal(code, 1);
  equal(stderr, "");
  deepEqual(
    [json.healthy, json.message],
    [false, `Datastore path is not a directory: ${store.path}/file`],
  );
  match(
    await complains(repository, ["model", "search"]),
    /^error: Datastore path is not a directory: /,
  );
});

Deno.test("the verifier of an extension is asked, and its details are shown", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store, cache } = mirrored;
  const healthy = await repository.run(["datastore", "status", "--json"]);
  equal(healthy.code, 0);
  const { latencyMs: _, directories: __, ...rest } = healthy.json;
  deepEqual(rest, {
    type: "@acme/mirror",
    cachePath: cache.path,
    healthy: true,
    message: "all is well",
    details: { remote: store.path },
  });
  store.write("sick", "");
  const sick = await repository.run(["datastore", "status", "--json"]);
  deepEqual([sick.code, sick.json.healthy, sick.json.message], [1, false, "msg sick"]);
  equal((await repository.run(["model", "search"])).code, 0);
});
