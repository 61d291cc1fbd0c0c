import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { openInProcess } from "./opening_process.ts";
import { canMount, SmallDisk, unprivileged } from "./privileges.ts";

const CATALOG = ".swamp/_extension_catalog.db";

/** A repository with the types `@acme/a` and `@acme/b`, indexed. */
async function indexed(): Promise<RepositoryFixture> {
  const repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("b.ts", modelSource("@acme/b"));
  (await repository.open()).store.close();
  return repository;
}

const BOTH = ["@acme/a", "@acme/b"];
const UNPRIVILEGED = unprivileged();

async function change(repository: RepositoryFixture, mode: string): Promise<void> {
  const { success } = await new Deno.Command("chmod", { args: ["-R", mode, repository.root] })
    .output();
  ok(success);
}

Deno.test({
  name: "a catalog file that cannot be written to is replaced [B43]",
  ignore: UNPRIVILEGED === undefined,
  fn: async () => {
    using repository = await indexed();
    Deno.chmodSync(repository.path(CATALOG), 0o444);
    repository.write("c.ts", modelSource("@acme/c"));
    const prefix = UNPRIVILEGED!;
    const { types, built, warnings } = await openInProcess(repository.root, { prefix });
    deepEqual([types, built, warnings], [[...BOTH, "@acme/c"], 1, []]);
    deepEqual((await openInProcess(repository.root, { prefix })).phases, ["freshness"]);
  },
});

for (const state of ["cold", "warm"]) {
  Deno.test({
    name: `a repository that may only be read has all its types, ${state} [B43]`,
    ignore: UNPRIVILEGED === undefined,
    fn: async () => {
      using repository = state === "warm" ? await indexed() : new RepositoryFixture();
      using temporary = new RepositoryFixture();
      for (const name of BOTH) repository.write(`${name.slice(6)}.ts`, modelSource(name));
      await change(repository, "a-w");
      const options = { prefix: UNPRIVILEGED!, env: { TMPDIR: temporary.root } };
      for (const run of ["first", "second"]) {
        const { types, built, warnings } = await openInProcess(repository.root, options);
        deepEqual([types, warnings], [BOTH, []], run);
        if (run === "second") equal(built, 0);
      }
      await change(repository, "u+w");
    },
  });
}

Deno.test({
  name: "an edit in a repository that may only be read takes effect [B43]",
  ignore: UNPRIVILEGED === undefined,
  fn: async () => {
    using repository = await indexed();
    using temporary = new RepositoryFixture();
    repository.write("a.ts", modelSource("@acme/c"));
    await change(repository, "a-w");
    const options = { prefix: UNPRIVILEGED!, env: { TMPDIR: temporary.root } };
    const first = await openInProcess(repository.root, options);
    const second = await openInProcess(repository.root, options);
    await change(repository, "u+w");
    deepEqual(first.types, ["@acme/b", "@acme/c"]);
    deepEqual([second.types, second.built], [["@acme/b", "@acme/c"], 0]);
  },
});

Deno.test({
  name: "a source that may not be read is told with its file and stops no other",
  ignore: UNPRIVILEGED === undefined,
  fn: async () => {
    using repository = await indexed();
    Deno.chmodSync(repository.write("secret.ts", modelSource("@acme/secret")), 0);
    const prefix = UNPRIVILEGED!;
    for (const run of ["first", "second"]) {
      const { types, broken } = await openInProcess(repository.root, { prefix });
      deepEqual(types, BOTH, run);
      match(broken["extensions/models/secret.ts"] ?? "", /secret\.ts/, run);
    }
    Deno.chmodSync(repository.path("extensions/models/secret.ts"), 0o644);
    const { types } = await openInProcess(repository.root, { prefix });
    deepEqual(types, [...BOTH, "@acme/secret"]);
  },
});

for (const [state, leave] of Object.entries({ full: 0, "nearly full": 24 * 1024 })) {
  Deno.test({
    name: `on a disk that is ${state} every type is there, edited or not`,
    ignore: !canMount(),
    fn: async () => {
      using disk = new SmallDisk(1024 * 1024);
      using temporary = new RepositoryFixture();
      const repository = new RepositoryFixture(disk.path);
      for (const name of BOTH) repository.write(`${name.slice(6)}.ts`, modelSource(name));
      (await repository.open()).store.close();
      const env = { TMPDIR: temporary.root };
      disk.fill(leave);
      deepEqual((await openInProcess(disk.path, { env })).types, BOTH);
      disk.empty();
      repository.write("b.ts", modelSource("@acme/c"));
      disk.fill(leave);
      for (const run of ["first", "second"]) {
        const { types, broken } = await openInProcess(disk.path, { env });
        deepEqual([types, broken], [["@acme/a", "@acme/c"], {}], run);
      }
      disk.empty();
      deepEqual((await openInProcess(disk.path, { env })).types, ["@acme/a", "@acme/c"]);
      deepEqual((await openInProcess(disk.path, { env })).phases, ["freshness"]);
    },
  });
}

Deno.test({
  name: "where nothing can be written at all, the message says where and why",
  ignore: !canMount(),
  fn: async () => {
    using disk = new SmallDisk(64 * 1024);
    const repository = new RepositoryFixture(disk.path);
    repository.write("a.ts", modelSource("@acme/a"));
    disk.fill(0);
    await rejects(
      openInProcess(disk.path, { env: { TMPDIR: disk.path } }),
      /UserError: Extensions cannot be indexed, because nothing can be written to .*\.swamp or /,
    );
  },
});
