import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { FILESYSTEM_TYPE } from "../../../src/domain/datastores/builtin/filesystem.ts";
import type {
  DatastoreHost,
  DatastoreVerification,
} from "../../../src/domain/datastores/datastore_provider.ts";
import { LOCAL_DATASTORE_HOST } from "../../../src/infrastructure/datastores/local_datastore_host.ts";

/** Runs `test` with the datastore of a folder, as its type makes it. */
async function withProvider(
  test: (provider: DatastoreVerification, path: string) => Promise<void>,
): Promise<void> {
  const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-test-" }));
  const create = FILESYSTEM_TYPE.create as (
    config: { readonly path: string },
    host: DatastoreHost,
  ) => DatastoreVerification;
  try {
    await test(create({ path }, LOCAL_DATASTORE_HOST), path);
  } finally {
    Deno.removeSync(path, { recursive: true });
  }
}

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
