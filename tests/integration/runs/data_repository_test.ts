import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import type { DataRepositoryView } from "../../../src/libswamp/runs/data_repository_view.ts";
import { inMethod } from "./in_method.ts";
import { MODEL_ID } from "./method_runs.ts";

const dataOf = (context: MethodContext) => context.dataRepository as DataRepositoryView;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | null) => content && new TextDecoder().decode(content);

/** The repository with three versions of `main`, the last one `{"n":3}`. */
function withVersions(
  use: (
    repository: DataRepositoryView,
    place: readonly [type: unknown, modelId: string],
    context: MethodContext,
  ) => Promise<void>,
): Promise<void> {
  return inMethod(async (context) => {
    for (const n of [1, 2, 3]) await context.writeResource("state", "main", { n });
    await use(dataOf(context), [context.modelType, context.modelId], context);
  });
}

Deno.test("everything that can be awaited can also be read at once", () =>
  withVersions(async (repository, place) => {
    const own = [...place, "main"] as const;
    equal(text(repository.getContentSync(...own)), '{"n":3}');
    equal(text(repository.getContentSync(...own, 1)), '{"n":1}');
    deepEqual(repository.findByNameSync(...own), await repository.findByName(...own));
    deepEqual(repository.findAllForModelSync(...place), await repository.findAllForModel(...place));
    deepEqual(repository.findAllGlobalSync(), await repository.findAllGlobal());
    deepEqual(repository.listVersionsSync(...own), [1, 2, 3]);
    equal(repository.getLatestVersionSync(...own), 3);
    equal(Deno.readTextFileSync(repository.getContentPath(...own, 2)!), '{"n":2}');
    equal(repository.getPath(...own), repository.getContentPath(...own)?.replace(/\/raw$/, ""));
  }));

Deno.test("what is not there is null, or an empty list", () =>
  withVersions((repository, [type]) => {
    const nothing = [type, MODEL_ID, "nosuch"] as const;
    equal(repository.getContentSync(...nothing), null);
    equal(repository.findByNameSync(...nothing), null);
    equal(repository.getPath(...nothing), null);
    equal(repository.getContentPath(...nothing), null);
    equal(repository.getLatestVersionSync(...nothing), null);
    deepEqual(repository.listVersionsSync(...nothing), []);
    deepEqual(repository.findAllForModelSync("@acme/other", MODEL_ID), []);
    return Promise.resolve();
  }));

Deno.test("every function takes the type by its name and as the reference of the context", () =>
  withVersions(async (repository, [reference, modelId]) => {
    for (const type of [reference, "@acme/thing", "@Acme::Thing"]) {
      equal(repository.getLatestVersionSync(type, modelId, "main"), 3);
      equal((await repository.findAllForModel(type, modelId)).at(-1)?.name, "main");
      const { version } = await repository.save(type, modelId, { name: "kept" }, bytes("x"));
      equal((await repository.append(type, modelId, "kept", bytes("y"))).version, version);
    }
    await rejects(repository.findByName(7, modelId, "main"), TypeError);
    throws(() => repository.findByNameSync(undefined, modelId, "main"), TypeError);
  }));

Deno.test("appending makes the latest version longer, which loses its checksum", () =>
  withVersions(async (repository, place) => {
    await repository.save(...place, { name: "log", contentType: "text/plain" }, bytes("one\n"));
    deepEqual(await repository.append(...place, "log", bytes("two\n")), { version: 1, size: 8 });
    equal(text(await repository.getContent(...place, "log")), "one\ntwo\n");
    const found = await repository.findByName(...place, "log");
    deepEqual([found?.size, found?.checksum, found?.version], [8, undefined, 1]);
    await rejects(repository.append(...place, "nosuch", bytes("x")), { code: "data_not_found" });
  }));

Deno.test("a query sees what was appended", () =>
  withVersions(async (repository, place, context) => {
    await repository.save(...place, { name: "log" }, bytes("one"));
    deepEqual(await context.queryData('content.contains("two")', "name"), []);
    await repository.append(...place, "log", bytes("two"));
    deepEqual(await context.queryData('content.contains("two")', "name"), ["log"]);
  }));

Deno.test("an allocated version is invisible until it is finalized", () =>
  withVersions(async (repository, place) => {
    const data = { name: "big", contentType: "text/plain", tags: { env: "dev" } };
    const { version, contentPath } = await repository.allocateVersion(...place, data);
    Deno.writeTextFileSync(contentPath, "content");
    equal(await repository.findByName(...place, "big"), null);
    const done = await repository.finalizeVersion(...place, "big", version);
    deepEqual([done.version, done.size], [1, 7]);
    match(done.checksum, /^[\da-f]{64}$/);
    const found = await repository.findByName(...place, "big");
    deepEqual([found?.tags, found?.contentType], [{ type: "file", env: "dev" }, "text/plain"]);
    await rejects(repository.finalizeVersion(...place, "big", version), { code: "not_allocated" });
  }));

Deno.test("a secret that the run knows is in nothing that is stored", () =>
  withVersions(async (repository, place, context) => {
    const secret = "s3cr3t-value";
    context.redactor.addSecret(secret);
    const data = { name: "a", contentType: "text/plain", tags: { owner: `${secret}!` } };
    await repository.save(...place, data, bytes(`1 ${secret}`));
    equal((await repository.findByName(...place, "a"))?.tags.owner, "***!");
    await repository.append(...place, "a", bytes(` 2 ${secret}`));
    equal(text(await repository.getContent(...place, "a")), "1 *** 2 ***");
    const { version, contentPath } = await repository.allocateVersion(...place, data);
    Deno.writeTextFileSync(contentPath, `3 ${secret}`);
    await repository.finalizeVersion(...place, "a", version);
    equal(text(await repository.getContent(...place, "a")), "3 ***");
    equal((await repository.findByName(...place, "a"))?.tags.owner, "***!");
  }));

Deno.test("renamed data are found under both names", () =>
  withVersions(async (repository, place) => {
    deepEqual(await repository.rename(...place, "main", "new"), {
      ...{ copiedVersion: 3, newVersion: 1 },
    });
    equal(text(await repository.getContent(...place, "main")), '{"n":3}');
    equal(text(repository.getContentSync(...place, "main")), '{"n":3}');
    equal(repository.findByNameSync(...place, "main", 4)?.renamedTo, "new");
    await rejects(repository.rename(...place, "main", "other"), { code: "data_deleted" });
    await rejects(repository.rename(...place, "new", "a/b"), { code: "invalid_data_name" });
  }));

Deno.test("collecting garbage removes the versions that the data's policy does not keep", () =>
  withVersions(async (repository, place) => {
    for (const content of ["1", "22", "333"]) {
      await repository.save(...place, { name: "log", garbageCollection: 1 }, bytes(content));
    }
    deepEqual(await repository.collectGarbage(...place), { versionsDeleted: 2, bytesReclaimed: 3 });
    deepEqual(await repository.listVersions(...place, "log"), [3]);
    deepEqual(await repository.listVersions(...place, "main"), [1, 2, 3]);
  }));

Deno.test("without the note of the latest version the latest version is found all the same", () =>
  withVersions(async (repository, place, context) => {
    const marker = `${repository.getPath(...place, "main")}/../latest`;
    equal(Deno.readTextFileSync(marker), "3");
    await repository.removeLatestMarker(...place, "main");
    throws(() => Deno.statSync(marker), Deno.errors.NotFound);
    equal(repository.getLatestVersionSync(...place, "main"), 3);
    await context.writeResource("state", "main", { n: 4 });
    equal(Deno.readTextFileSync(marker), "4");
  }));

const REFUSED: Readonly<Record<string, [Record<string, unknown> & { name: string }, string]>> = {
  "a name that leads elsewhere": [{ name: "../x" }, "invalid_data_name"],
  "a reserved name": [{ name: "latest" }, "invalid_data_name"],
  "an unknown lifetime": [{ name: "x", lifetime: "soon" }, "invalid_lifetime"],
  "a policy that keeps nothing": [
    { name: "x", garbageCollection: 0 },
    "invalid_garbage_collection",
  ],
  "a tag that is no text": [{ name: "x", tags: { n: 1 } }, "invalid_tags"],
  "another owner": [
    { name: "main", ownerDefinition: { ownerType: "manual", ownerRef: "me" } },
    "ownership_conflict",
  ],
};

for (const [what, [data, code]] of Object.entries(REFUSED)) {
  Deno.test(`${what} is refused, and nothing is left of the attempt`, () =>
    withVersions(async (repository, place) => {
      await rejects(repository.save(...place, data, bytes("x")), { code });
      await rejects(repository.allocateVersion(...place, data), { code });
      deepEqual((await repository.findAllForModel(...place)).map(({ name }) => name), ["main"]);
      equal(repository.getLatestVersionSync(...place, "main"), 3);
    }));
}
