import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { FILESYSTEM_TYPE } from "../../../src/domain/datastores/builtin/filesystem.ts";
import type {
  DatastoreHost,
  DatastoreProvider,
} from "../../../src/domain/datastores/datastore_provider.ts";
import { LOCAL_DATASTORE_HOST } from "../../../src/infrastructure/datastores/local_datastore_host.ts";

/** Runs `test` with the datastore of a folder, as its type makes it. */
async function withProvider(
  test: (provider: DatastoreProvider, path: string) => Promise<void>,
): Promise<void> {
  const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-test-" }));
  const create = FILESYSTEM_TYPE.create as (
    config: { readonly path: string },
    host: DatastoreHost,
  ) => DatastoreProvider;
  try {
    await test(create({ path }, LOCAL_DATASTORE_HOST), path);
  } finally {
    Deno.removeSync(path, { recursive: true });
  }
}

Deno.test("its locks lie in its folder, the global one and those of models", () =>
  withProvider(async (provider, path) => {
    equal(provider.resolveDatastorePath("/repo"), path);
    for (const options of [{}, { lockKey: "data/@acme/thing/1/.lock" }]) {
      const lock = provider.createLock(path, options);
      equal(await lock.inspect(), null);
      await lock.acquire();
      ok(Deno.statSync(join(path, options.lockKey ?? ".datastore.lock")).isFile);
      equal((await lock.inspect())?.pid, Deno.pid);
      await lock.release();
      await lock.release();
      equal(await lock.inspect(), null);
    }
  }));

Deno.test("a lock is held for as long as the work under it takes, and no longer", () =>
  withProvider(async (provider, path) => {
    const lock = provider.createLock(path);
    equal(await lock.withLock(async () => (await lock.inspect())?.pid), Deno.pid);
    await rejects(lock.withLock(() => Promise.reject(new Error("no"))), { message: "no" });
    equal(await lock.inspect(), null);
  }));

Deno.test("who does not want to wait is refused, and a lock goes only with its nonce", () =>
  withProvider(async (provider, path) => {
    const lock = provider.createLock(path);
    await lock.acquire();
    const other = provider.createLock(path, { maxWaitMs: 0 });
    await rejects(other.acquire(), { code: "lock_timeout" });
    const { nonce = "" } = (await other.inspect())!;
    equal(await other.forceRelease("another"), false);
    equal(await other.forceRelease(nonce), true);
    await other.acquire();
    await lock.release();
    ok(await other.inspect() !== null);
    await other.release();
  }));

Deno.test("a folder is well if it can be written to, also where it must be made first", () =>
  withProvider(async (provider, path) => {
    const { latencyMs, ...health } = await provider.createVerifier().verify();
    equal(typeof latencyMs, "number");
    deepEqual(health, {
      healthy: true,
      message: `Filesystem datastore at ${path} is healthy`,
      datastoreType: "filesystem",
    });
    const { folderProblem } = LOCAL_DATASTORE_HOST;
    equal(await folderProblem(join(path, "a/b")), undefined);
    Deno.writeTextFileSync(join(path, "file"), "");
    match((await folderProblem(join(path, "file")))!, /^Datastore path is not a directory: /);
    match((await folderProblem(join(path, "file/x")))!, /^Datastore path is not a directory: /);
    deepEqual([...Deno.readDirSync(path)].map(({ name }) => name), ["file"]);
  }));
