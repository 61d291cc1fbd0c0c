import { deepEqual, equal, ok } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CHECKOUT } from "./opening_process.ts";
import { ageBatches, batchNames, filesBelow } from "./stored_files.ts";

/** How often a source is edited; the normal run does it some times only. */
const EDITS = Number(Deno.env.get("SWAMP_EDIT_ROUNDS") ?? 25);

function bytesBelow(folder: string): number {
  return filesBelow(folder).reduce((sum, path) => sum + Deno.statSync(path).size, 0);
}

Deno.test(`the cache stays bounded over ${EDITS} edits`, async () => {
  using repository = new RepositoryFixture();
  for (const name of ["a", "b", "c"]) repository.write(`${name}.ts`, modelSource(`@acme/${name}`));
  (await repository.open()).store.close();
  const first = bytesBelow(repository.path(".swamp"));
  for (let edit = 1; edit <= EDITS; edit++) {
    ageBatches(repository);
    repository.write("a.ts", modelSource(`@acme/a${edit}`));
    using opened = await repository.open();
    deepEqual(opened.types, [`@acme/a${edit}`, "@acme/b", "@acme/c"].sort());
    ok(batchNames(repository).length <= 10, `${batchNames(repository).length} after ${edit}`);
  }
  const last = bytesBelow(repository.path(".swamp"));
  ok(last <= 4 * first, `${last} bytes after ${EDITS} edits, ${first} before`);
});

Deno.test("unused bundles stay for a while, for processes that are about to load them", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  (await repository.open()).store.close();
  const [before] = batchNames(repository);
  repository.write("a.ts", modelSource("@acme/b"));
  (await repository.open()).store.close();
  equal(batchNames(repository).length, 2);
  ok(batchNames(repository).includes(before!));
  ageBatches(repository);
  repository.write("a.ts", modelSource("@acme/c"));
  (await repository.open()).store.close();
  ok(!batchNames(repository).includes(before!));
});

Deno.test("bundles that a running process has loaded stay until it ends", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  (await repository.open()).store.close();
  const [used] = batchNames(repository);
  const program = fromFileUrl(new URL("./loading_program.ts", import.meta.url));
  const config = join(CHECKOUT, "deno.json");
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--no-lock",
      "--config",
      config,
      program,
      repository.root,
      "@acme/a",
    ],
    stdout: "piped",
  }).spawn();
  const output = child.stdout.getReader();
  await output.read();
  const edit = async (type: string) => {
    ageBatches(repository);
    repository.write("a.ts", modelSource(type));
    (await repository.open()).store.close();
  };
  await edit("@acme/b");
  ok(batchNames(repository).includes(used!));
  child.kill("SIGKILL");
  await child.status;
  await output.cancel();
  await edit("@acme/c");
  ok(!batchNames(repository).includes(used!));
});
