import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { isThere, start, until } from "../background_run.ts";
import { runArgs } from "../models.ts";
import { type Run, swamp } from "../swamp.ts";
import { filesBelow, MirroredStore, StoreElsewhere } from "./datastores.ts";

/** The document of a command that must succeed; what the datastore prints is on stderr. */
async function document(mirrored: MirroredStore, ...args: string[]): Promise<Run["json"]> {
  const run = await mirrored.repository.run([...args, "--json"]);
  equal(run.code, 0, `${args.join(" ")}: ${run.stderr}`);
  return run.json;
}

/** The error of a command that must fail with exit code 1. */
async function failure(mirrored: StoreElsewhere, ...args: string[]): Promise<Run["json"]> {
  const run = await mirrored.repository.run([...args, "--json"]);
  equal(run.code, 1, `${args.join(" ")}: ${run.stdout}`);
  ok(!("stack" in run.json), run.stdout);
  return run.json;
}

const create = (name: string) => ["model", "create", "command/shell", name];
const run = (name: string, command: string) => runArgs(name, "execute", { run: command });

Deno.test("commands call the datastore as often as they must, and in this order", async (test) => {
  using mirrored = await MirroredStore.create();
  const { id } = await document(mirrored, ...create("sh"));
  const lock = `data/command/shell/${id}/.lock`;
  await test.step("a writing command pulls before and pushes after, under the global lock", () => {
    deepEqual(mirrored.calls(), ["acquire global", "pull", "push", "release global"]);
  });
  await test.step("a run takes the lock of its model, and the global one to push", async () => {
    await document(mirrored, ...run("sh", "echo hi"));
    deepEqual(mirrored.calls(), [
      "inspect global",
      `acquire ${lock}`,
      "inspect global",
      "pull",
      "acquire global",
      "push",
      "release global",
      `release ${lock}`,
    ]);
  });
  for (
    const args of [["model", "get", "sh"], ["data", "list", "sh"], ["data", "query", "true"], [
      "model",
      "output",
      "search",
    ], ["summarise"]]
  ) {
    await test.step(`${args.slice(0, 2).join(" ")} calls nothing`, async () => {
      await document(mirrored, ...args);
      deepEqual(mirrored.calls(), []);
    });
  }
  await test.step("a failing method pushes what it left", async () => {
    await failure(mirrored, ...run("sh", "exit 3"));
    ok(mirrored.calls().includes("push"));
    equal(mirrored.store.files("store/outputs").filter((path) => path.endsWith(".yaml")).length, 2);
  });
  await test.step("deleting takes both locks and pushes once", async () => {
    await document(mirrored, "model", "delete", "sh", "--force");
    const calls = mirrored.calls();
    equal(calls.filter((call) => call === "push").length, 1);
    equal(calls.filter((call) => call === "pull").length, 1);
    deepEqual(calls.slice(-3), [`release ${lock}`, "push", "release global"]);
  });
});

Deno.test("data are in the local copy and in the datastore, and nowhere else", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, cache, store } = mirrored;
  await document(mirrored, ...create("sh"));
  const { logFile } = await document(mirrored, ...run("sh", "echo hi"));
  ok(logFile.startsWith(cache.path));
  deepEqual(filesBelow(repository.path(".swamp/data")), []);
  deepEqual(filesBelow(repository.path(".swamp/outputs")), []);
  deepEqual(store.files("store"), cache.files());
  ok(cache.files().every((path) => !/lock|\.db|bundles/.test(path)), cache.files().join("\n"));
});

Deno.test("another machine sees what was pushed once it writes", async () => {
  using here = await MirroredStore.create();
  using there = await MirroredStore.create();
  const { id, path } = await document(here, ...create("sh"));
  await document(here, ...run("sh", "echo first"));
  there.repository.write(`models/command/shell/${id}.yaml`, Deno.readTextFileSync(path));
  there.configure(here.settings().replace(here.cache.path, there.cache.path));
  const { dataArtifacts } = await document(there, ...run("sh", "echo second"));
  equal(dataArtifacts[0].version, 2);
  await document(here, "datastore", "sync", "--pull");
  const { content } = await document(here, "data", "get", "sh", "result");
  equal(content.stdout, "second");
});

Deno.test("the local copy of a type that names none is in SWAMP_HOME, by the repository's id", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store, cache } = mirrored;
  mirrored.configure(`  type: '@acme/mirror'\n  config: {remote: ${store.path}}\n`);
  const env = { SWAMP_HOME: cache.path };
  equal((await repository.run(create("sh"), { env })).code, 0);
  const { code, stderr } = await repository.run(run("sh", "echo hi"), { env });
  equal(code, 0, stderr);
  const [, repoId] = /repoId: (\S+)/.exec(Deno.readTextFileSync(repository.path(".swamp.yaml")))!;
  ok(isThere(join(cache.path, "repos", repoId!, "outputs")));
});

Deno.test("what the datastore prints stays out of the document", async () => {
  using mirrored = await MirroredStore.create();
  const { stdout, stderr } = await mirrored.repository.run([...create("sh"), "--json"]);
  equal(JSON.parse(stdout).name, "sh");
  for (const text of ["a provider is made", "a lock is taken", "pulling", "pushing"]) {
    ok(stderr.includes(text), text);
  }
});

Deno.test("what could not be pushed is kept and can be pushed later", async () => {
  using mirrored = await MirroredStore.create();
  const { store, cache } = mirrored;
  await document(mirrored, ...create("sh"));
  store.write("fail-push", "the network is down");
  const { error, code, keptIn } = await failure(mirrored, ...run("sh", "echo hi"));
  equal(
    error,
    'Could not push to the datastore "@acme/mirror" (extensions/datastores/mirror.ts): the network ' +
      `is down. What was written is kept in ${cache.path}; 'swamp datastore sync --push' sends it.`,
  );
  deepEqual([code, keptIn], ["push_failed", cache.path]);
  deepEqual(store.files("store"), []);
  deepEqual(store.files().filter((path) => path.includes("lock")), []);
  store.remove("fail-push");
  const { filesPushed } = await document(mirrored, "datastore", "sync", "--push");
  equal(filesPushed, cache.files().length);
  deepEqual(store.files("store"), cache.files());
});

Deno.test("a run that failed and could not be pushed tells both, the run's failure first", async () => {
  using mirrored = await MirroredStore.create();
  await document(mirrored, ...create("sh"));
  mirrored.store.write("fail-push", "the network is down");
  const { error, code, status, outputId } = await failure(mirrored, ...run("sh", "exit 3"));
  match(error, /^Command exited with code 3\nCould not push to the datastore/);
  deepEqual([code, status], ["method_failed", "failed"]);
  equal(typeof outputId, "string");
});

Deno.test("where pulling fails nothing is done and no lock is left", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store } = mirrored;
  store.write("fail-pull", "no such bucket");
  const { error, code } = await failure(mirrored, ...create("sh"));
  match(
    error,
    /^Could not pull from the datastore "@acme\/mirror" \(.*mirror\.ts\): no such bucket/,
  );
  equal(code, "pull_failed");
  deepEqual(filesBelow(repository.path("models")), []);
  deepEqual(store.files().filter((path) => path.includes("lock")), []);
});

Deno.test("a datastore that is held elsewhere is waited for, and then told with everything to know", async () => {
  using mirrored = await MirroredStore.create();
  const holder = {
    holder: "bob@elsewhere",
    hostname: "elsewhere",
    pid: 7,
    acquiredAt: new Date().toISOString(),
    ttlMs: 60_000,
    nonce: "n",
  };
  mirrored.store.write("global.lock.json", JSON.stringify(holder));
  const { code, json, stderr } = await mirrored.repository.run([
    ...create("sh"),
    "--wait=1500ms",
    "--json",
  ]);
  equal(code, 75);
  match(json.error, /^Lock "\.datastore\.lock" held by bob@elsewhere \(pid 7\) — timed out after/);
  match(json.error, /'swamp datastore lock release --force' removes it/);
  match(stderr, /waiting for bob@elsewhere \(pid 7, host elsewhere\) …/);
});

/** Sources of datastores that fail, and what is said about them. */
const FAULTY: Readonly<Record<string, readonly [source: string, message: RegExp]>> = {
  "whose source is broken": [
    'export const datastore = { type: "@acme/faulty",',
    /^Datastore type '@acme\/faulty' cannot be used: extensions\/datastores\/faulty\.ts: SyntaxError/,
  ],
  "whose source is so broken that it tells no type": [
    "export const datastore = {",
    /^Unknown datastore type "@acme\/faulty" in \.swamp\.yaml\. Available types: filesystem\nNot usable: extensions\/datastores\/faulty\.ts$/,
  ],
  "that lacks methods": [
    faulty("createProvider: () => ({ createLock() {} })"),
    /^createProvider of the datastore "@acme\/faulty" \(extensions\/datastores\/faulty\.ts\) returned an invalid provider: missing methods: createVerifier, resolveDatastorePath\./,
  ],
  "that cannot be made": [
    faulty('createProvider() { throw new Error("no credentials"); }'),
    /^Datastore "@acme\/faulty" \(extensions\/datastores\/faulty\.ts\) failed in createProvider: no credentials$/,
  ],
  "that ends the process": [
    faulty("createProvider() { Deno.exit(3); }"),
    /^Datastore "@acme\/faulty" \(.*faulty\.ts\) failed in createProvider: The datastore called Deno\.exit\(3\)/,
  ],
  "that has no path": [
    faulty(`createProvider: () => ({ createLock() {}, createVerifier() {},
      resolveDatastorePath() { throw new Error("no path"); } })`),
    /^Datastore "@acme\/faulty" \(.*faulty\.ts\) failed in resolveDatastorePath: no path$/,
  ],
};

function faulty(member: string): string {
  return `export const datastore = { type: "@acme/faulty", name: "Faulty", description: "Fails",
    ${member} };`;
}

for (const [what, [source, message]] of Object.entries(FAULTY)) {
  Deno.test(`a datastore ${what} is told by type and file`, async () => {
    using elsewhere = await StoreElsewhere.create();
    elsewhere.repository.write("extensions/datastores/faulty.ts", source);
    elsewhere.configure("  type: '@acme/faulty'\n");
    const { error } = await failure(elsewhere, "model", "search");
    match(error, message);
    const search = await elsewhere.repository.run(["model", "type", "search", "--json"]);
    equal(search.code, 0);
  });
}

Deno.test("configs come from JSON in SWAMP_DATASTORE too, and are checked", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store, cache } = mirrored;
  const search = async (text: string) => {
    const { stdout } = await repository.run(["model", "search", "--json"], {
      env: { SWAMP_DATASTORE: text },
    });
    return JSON.parse(stdout);
  };
  const config = { remote: store.path, cache: cache.path };
  deepEqual((await search(`@acme/mirror:${JSON.stringify(config)}`)).results, []);
  equal(
    (await search("@acme/mirror:{remote")).error,
    'Invalid JSON config for datastore type "@acme/mirror": {remote',
  );
  match(
    (await search('@acme/mirror:{"remote":7}')).error,
    /^Invalid config for datastore type "@acme\/mirror": remote: .*string/,
  );
});

Deno.test("a type that is not there is named with those that are", async () => {
  using mirrored = await MirroredStore.create();
  mirrored.configure("  type: '@acme/gone'\n");
  for (const args of [["model", "search"], create("sh"), ["datastore", "status"]]) {
    const { error, hint } = await failure(mirrored, ...args);
    equal(
      error,
      'Unknown datastore type "@acme/gone" in .swamp.yaml. Available types: filesystem, @acme/mirror',
    );
    equal(hint, "It may come with: swamp extension pull @acme/gone");
  }
});

Deno.test("types and extensions can be looked at whatever state the datastore is in", async () => {
  using mirrored = await MirroredStore.create();
  mirrored.configure("  type: '@acme/gone'\n");
  for (
    const args of [["datastore", "type", "search"], ["doctor", "extensions"], ["version"], [
      "model",
      "type",
      "describe",
      "command/shell",
    ]]
  ) {
    const { code, stderr } = await swamp([...args, "--json"], { cwd: mirrored.repository.root });
    equal(code, 0, `${args.join(" ")}: ${stderr}`);
  }
});

Deno.test("a command for the whole repository and a run on its model never wait for each other", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store } = mirrored;
  const { id } = await document(mirrored, ...create("sh"));
  const go = repository.path("go");
  const running = start(repository, [
    ...run("sh", `until [ -e '${go}' ]; do sleep 0.05; done; echo done`),
    "--json",
  ]);
  const lock = `data!command!shell!${id}!.lock.lock.json`;
  await until("the method runs", () => isThere(join(store.path, lock)));
  const deleting = start(repository, ["model", "delete", "sh", "--force", "--json"]);
  await until("the other waits", () => deleting.errorsSoFar().includes("waiting for"));
  ok(!isThere(join(store.path, "global.lock.json")));
  Deno.writeTextFileSync(go, "");
  const [ran, deleted] = await Promise.all([running.end, deleting.end]);
  equal(ran.code, 0, ran.stderr);
  equal(deleted.code, 0, deleted.stderr);
  equal(JSON.parse(ran.stdout).status, "succeeded");
  equal(JSON.parse(deleted.stdout).outputsDeleted, 1);
  deepEqual(store.files().filter((path) => path.endsWith(".lock.json")), []);
});

Deno.test("Ctrl-C gives up the locks of the datastore", async () => {
  using mirrored = await MirroredStore.create();
  const { repository, store } = mirrored;
  const { id } = await document(mirrored, ...create("sh"));
  const running = start(repository, run("sh", "sleep 30"));
  const lock = join(store.path, `data!command!shell!${id}!.lock.lock.json`);
  await until("the method runs", () => isThere(lock));
  await until(
    "its record is there",
    () => mirrored.cache.files("outputs").some((path) => path.endsWith(".yaml")),
  );
  running.signal("SIGINT");
  equal((await running.end).code, 130);
  deepEqual(store.files().filter((path) => path.endsWith(".lock.json")), []);
});
